/** Tests of the Redis backend against real servers. */
package dev.larder.redis;
