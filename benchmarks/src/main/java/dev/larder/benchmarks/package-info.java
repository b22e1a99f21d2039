/**
 * What cache operations cost in time ({@code ns/op}), in bytes per operation with {@code -prof gc},
 * and in bytes per entry; for Larder, for other JCache providers, and for plain maps.
 */
package dev.larder.benchmarks;
