package io.jacobi.nn.train;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.inference.Predictor;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Adam;
import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * An application that is deployed again brings new classes of Jacobi, and Jacobi keeps none of the old ones: no thread,
 * no thread-local value, no hook. ND4J is loaded once here, as on a container's shared class path, because its own
 * threads never end.
 */
class ClassLoaderTest {

    /** Trains, evaluates and predicts. */
    static final class Use implements Runnable {

        @Override
        public void run() {
            ArrayDataset data = Toy.points(64);
            try (Sequential model = Toy.model(DataType.FLOAT)) {
                try (Trainer trainer = Trainer.of(model, new SoftmaxCrossEntropy(), new Adam(0.01))
                        .threads(2)) {
                    trainer.fit(data, epochs(2).batchSize(16).validation(data));
                }
                try (Predictor predictor = Predictor.of(model)) {
                    predictor.predict(Toy.features(3));
                }
            }
        }
    }

    /** Defines the classes of Jacobi itself, and takes all others from the loader above. */
    private static final class Deployment extends URLClassLoader {

        Deployment() {
            super(classPath(), ClassLoaderTest.class.getClassLoader());
        }

        private static URL[] classPath() {
            List<URL> urls = new ArrayList<>();
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
                try {
                    urls.add(new File(entry).toURI().toURL());
                } catch (MalformedURLException e) {
                    throw new AssertionError(e);
                }
            }
            return urls.toArray(URL[]::new);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("io.jacobi.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known == null ? findClass(name) : known;
            }
        }
    }

    private static WeakReference<ClassLoader> useOnce() throws ReflectiveOperationException, IOException {
        try (Deployment deployment = new Deployment()) {
            Class<?> use = deployment.loadClass(Use.class.getName());
            assertThat(use).isNotSameAs(Use.class);
            var constructor = use.getDeclaredConstructor();
            constructor.setAccessible(true);
            ((Runnable) constructor.newInstance()).run();
            return new WeakReference<>(deployment);
        }
    }

    @Test
    void theClassesOfAnEndedDeploymentAreCollected() throws Exception {
        // what ND4J and the JDK load once
        new Use().run();
        List<WeakReference<ClassLoader>> deployments = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            deployments.add(useOnce());
        }
        // the JDK may keep one class of the last deployment, in the method handle that compares components of records
        List<WeakReference<ClassLoader>> earlier = deployments.subList(0, deployments.size() - 1);
        for (int tries = 0; tries < 100 && alive(earlier) > 0; tries++) {
            System.gc();
            // a worker thread needs a moment to end
            Thread.sleep(1);
        }
        assertThat(alive(earlier)).as("class loaders that are not collected").isZero();
    }

    private static long alive(List<WeakReference<ClassLoader>> loaders) {
        return loaders.stream().filter(loader -> loader.get() != null).count();
    }
}
