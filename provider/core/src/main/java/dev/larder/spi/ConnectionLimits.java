package dev.larder.spi;

import java.time.Duration;

/**
 * What keeps a connection to a server, and those who wait for it, from harm; {@link
 * ConnectionOptions} reads it.
 *
 * @param timeout how long a command may take
 * @param connectTimeout how long each step of connecting may take
 * @param inFlight how many commands may wait for their answers at once
 * @param silence how long a connection that owes answers may give no sign of life before it is cut
 */
public record ConnectionLimits(
    Duration timeout, Duration connectTimeout, int inFlight, Duration silence) {}
