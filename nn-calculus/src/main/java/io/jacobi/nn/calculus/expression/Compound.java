package io.jacobi.nn.calculus.expression;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An expression that keeps what was computed about it. The same part occurs in many expressions, at many depths and in
 * many steps of a derivation, so the work for a formula would grow with a power of its depth if each asked the parts of
 * the part.
 */
abstract class Compound {

    private final int hash;
    private final Set<Index> indices;
    private volatile @Nullable String key;
    private volatile boolean simple;

    Compound(int hash, Set<Index> indices) {
        this.hash = hash;
        this.indices = Collections.unmodifiableSet(new LinkedHashSet<>(indices));
    }

    /** The free indices, unmodifiable. */
    public Set<Index> indices() {
        return indices;
    }

    @Nullable
    String key() {
        return key;
    }

    void setKey(String text) {
        key = text;
    }

    /** Whether the expression is the result of a simplification. */
    boolean isSimple() {
        return simple;
    }

    void setSimple() {
        simple = true;
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
