package io.jacobi.nn;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Layers inside another layer, one after the other, with an input x, an output y and the gradients of both. A layer of layers
 * declares its branches with {@link Declarations#branch} and runs them through its {@link Pass}; the layers inside do not know that
 * they are nested.
 *
 * <pre>
 * forward    the parent writes x,  calls forward(),  reads y
 * backward   the parent writes dy, calls backward(), reads dx
 * </pre>
 *
 * <p>Each of the four arrays is a buffer of the branch, unless a {@link Link} makes it the parent's array of that name. A linked
 * array costs no memory and no copy. A gate is two branches that read the parent's x, {@code y = a(x) ∘ b(x)}:
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
 * <p>{@link #forward} runs once in each forward pass of the parent, because {@link #backward} differentiates the last run.
 */
public interface Branch {

    /** Ties an array of a branch to its parent. Without a link the array is a buffer of the branch. */
    enum Link {

        /** The branch reads the parent's x. Their input shapes are the same. */
        X,

        /**
         * The branch writes the parent's y, and the parent leaves it as it is. Their output shapes are the same, and no other branch
         * has this link.
         */
        Y,

        /** The branch reads the parent's dy. Their output shapes are the same. */
        DY,

        /**
         * The branch writes the parent's dx where that exists; the parent may add to it afterwards. Their input shapes are the same, no
         * other branch has this link, and {@link #X} or {@link #FROM_X} is given too.
         */
        DX,

        /**
         * The branch has an x of its own, which the parent computes from nothing but its own x, and not with parameters or from the
         * output of another branch. Then the branch needs a dx only where the parent does; otherwise also where there are such
         * parameters to train.
         */
        FROM_X
    }

    /** The input, {@code [batch, input shape...]}; the parent writes it before {@link #forward} unless {@link Link#X} is given. */
    INDArray x();

    /** The output, {@code [batch, output shape...]}; written by {@link #forward}. The parent does not change it. */
    INDArray y();

    /** The gradient with respect to y; the parent writes it before {@link #backward} unless {@link Link#DY} is given. */
    INDArray dy();

    /** The gradient with respect to x; overwritten by {@link #backward}. It exists where {@link #needsInputGradient} holds. */
    INDArray dx();

    /**
     * Whether there is a {@link #dx}. A branch that reads the parent's x has one where the parent's {@link Pass#needsInputGradient}
     * holds.
     */
    boolean needsInputGradient();

    /** Computes y from x. */
    void forward();

    /** From dy, adds to the gradients of the parameters inside, and writes dx if it is needed. */
    void backward();
}
