/** What a cache operation costs in time ({@code ns/op}) and, with {@code -prof gc}, in bytes. */
package dev.larder.benchmarks;
