/** Tests that run in each CDI container, on each JCache provider. */
package dev.larder.cdi;
