/**
 * The contract of {@link dev.larder.spi.RemoteStore}, and an example that fulfils it.
 *
 * <p>Who writes a store extends {@link dev.larder.tck.store.RemoteStoreContract}. {@link
 * dev.larder.tck.store.SampleStore} is what such a store may look like; its {@link
 * dev.larder.tck.store.Hostility} lets it misbehave as servers and networks do.
 */
@NullMarked
package dev.larder.tck.store;

import org.jspecify.annotations.NullMarked;
