package io.jacobi.nn.check.layer;

import io.jacobi.nn.check.claim.Failures;
import io.jacobi.nn.math.NativeAllocations;
import io.jacobi.nn.model.Workspace;

/**
 * Counts what a step asks for off the heap: buffers, views and operations of ND4J, and pointers of JavaCPP that own memory.
 *
 * <p>ND4J counts for the whole process, and other threads allocate too. So a step is repeated until nothing was counted during one:
 * a layer that allocates in every step is always found. The opposite must not happen either, that others allocate so busily
 * that no step is free of them. Before each step comes a pause of the same length, which others disturb as much. Steps count as
 * evidence if their pause was quiet, and {@value #EVIDENCE} such steps without one that was quiet itself are no coincidence.
 *
 * <p>Java's heap is left out. What a step takes there depends on what the just-in-time compiler has done away with so far: a lambda
 * that captures something costs 24 bytes until then. A limit of 0 would fail at random, and one above says little.
 */
final class StepAllocations {

    private static final int EVIDENCE = 50;

    /** Some seconds; who is disturbed for longer is told so. */
    private static final int ATTEMPTS = 20_000;

    private final LayerProbe probe;
    private long duration;

    private StepAllocations(LayerProbe probe) {
        this.probe = probe;
    }

    /** What every step of forward, backward and a prediction allocates, in double and in float; empty if nothing. */
    static String found(LayerProbe probe) {
        try (LayerProbe narrow = probe.inFloat()) {
            return Failures.join(new StepAllocations(probe).inEveryStep(), new StepAllocations(narrow).inEveryStep());
        }
    }

    private String inEveryStep() {
        probe.forward();
        probe.backward();
        // the first two steps may make what all others use
        step(0);
        step(1);
        long fewest = Long.MAX_VALUE;
        int evidence = 0;
        for (int attempt = 2; evidence < EVIDENCE && attempt < ATTEMPTS; attempt++) {
            boolean quiet = pauseIsQuiet();
            long made = allocatedIn(attempt);
            if (made == 0) {
                return "";
            }
            fewest = Math.min(fewest, made);
            evidence += quiet ? 1 : 0;
        }
        return "each step of forward, backward and a prediction in "
                + probe.model().dataType() + " makes " + fewest + " native arrays, views or pointers"
                + (evidence < EVIDENCE ? ", or other threads do all the time" : "");
    }

    private boolean pauseIsQuiet() {
        return NativeAllocations.during(this::pause) == 0;
    }

    private void pause() {
        long start = System.nanoTime();
        while (System.nanoTime() - start < duration) {
            Thread.onSpinWait();
        }
    }

    private long allocatedIn(int step) {
        return NativeAllocations.during(() -> {
            long start = System.nanoTime();
            step(step);
            duration = System.nanoTime() - start;
        });
    }

    private void step(int step) {
        Workspace w = probe.workspace();
        w.forward(step, 0);
        w.clearGradients();
        w.backward();
        w.predict();
    }
}
