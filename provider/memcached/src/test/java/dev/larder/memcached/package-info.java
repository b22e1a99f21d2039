/** Tests of the Memcached backend against real servers. */
package dev.larder.memcached;
