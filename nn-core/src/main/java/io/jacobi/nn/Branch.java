package io.jacobi.nn;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Layers inside another layer, one after the other, with an input x, an output y and the gradients of both. The outer
 * layer, their parent, declares its branches with {@link Declarations#branch} and runs them through its {@link Pass}.
 * The layers inside do not know that they are nested.
 *
 * <pre>
 * forward    the parent writes x,  calls forward(),  reads y
 * backward   the parent writes dy, calls backward(), reads dx
 * </pre>
 *
 * <p>Each of the four arrays is a buffer of the branch, unless a {@link Link} makes it the parent's array of that name.
 * A linked array costs no memory and no copy. A gate is two branches that read the parent's x, {@code y = a(x) ∘ b(x)}:
 *
 * <pre>{@code
 * public Shape declare(Shape input, Declarations d) {
 *     d.branch("a", a, input, Branch.Link.X);
 *     return d.branch("b", b, input, Branch.Link.X);
 * }
 *
 * public void forward(Pass p) {
 *     Branch a = p.branch("a");
 *     Branch b = p.branch("b");
 *     a.forward();
 *     b.forward();
 *     multiply(p, a.y(), b.y(), p.y());
 * }
 *
 * public void backward(Pass p) {
 *     Branch a = p.branch("a");
 *     Branch b = p.branch("b");
 *     multiply(p, p.dy(), b.y(), a.dy());
 *     multiply(p, p.dy(), a.y(), b.dy());
 *     a.backward();
 *     b.backward();
 *     if (p.needsInputGradient()) {
 *         Vectors.copy(p.scratch(), a.dx(), p.dx());
 *         Vectors.addScaled(p.scratch(), 1, b.dx(), p.dx());
 *     }
 * }
 * }</pre>
 *
 * <p>The parent calls {@link #forward} once in each of its forward passes: {@link #backward} differentiates the last call.
 */
public interface Branch {

    /** Ties an array of a branch to its parent. Without a link the array is a buffer of the branch. */
    enum Link {

        /** The branch reads the parent's x. Their input shapes are the same. */
        X,

        /**
         * The branch writes the parent's y, and the parent does not change it. Their output shapes are the same, and no
         * other branch has this link.
         */
        Y,

        /** The branch reads the parent's dy. Their output shapes are the same. */
        DY,

        /**
         * The branch writes the parent's dx, if it exists, and the parent may add to it afterwards. Their input shapes
         * are the same, no other branch has this link, and {@link #X} or {@link #FROM_X} is given too.
         */
        DX,

        /**
         * The branch has an x of its own, and the parent computes it from its own x only: without parameters and without
         * the output of another branch. The branch then has a dx only if the parent has one. Without this link it also
         * has a dx if the parent has parameters outside the branch, because their gradients may depend on it.
         */
        FROM_X
    }

    /** The input, {@code [batch, input shape...]}. The parent writes it before {@link #forward}, unless it is linked. */
    INDArray x();

    /** The output, {@code [batch, output shape...]}. {@link #forward} writes it, and the parent does not change it. */
    INDArray y();

    /** The gradient with respect to y. The parent writes it before {@link #backward}, unless it is linked. */
    INDArray dy();

    /** The gradient with respect to x, if {@link #needsInputGradient}. {@link #backward} overwrites it. */
    INDArray dx();

    /** Whether {@link #dx} exists. For a branch that reads the parent's x, the parent's pass gives the same answer. */
    boolean needsInputGradient();

    /** Computes y from x. */
    void forward();

    /** From dy, adds to the gradients of the parameters inside, and writes dx if it is needed. */
    void backward();
}
