/**
 * What share of accesses a policy answers from the cache, on traces from files and generated ones.
 */
package dev.larder.benchmarks.hitratio;
