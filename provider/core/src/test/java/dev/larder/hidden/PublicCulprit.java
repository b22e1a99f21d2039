package dev.larder.hidden;

/** Is public where no module can see it, to show that {@code ArchitectureTest} can fail. */
public final class PublicCulprit {}
