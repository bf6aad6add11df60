package sparkrnn;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test whose {@link java.util.Random} or {@link java.util.SplittableRandom} parameters are seeded
 * anew in every run.
 *
 * <p>A failure prints the command that repeats it. {@code -Dseed=S} fixes the seed, {@code
 * -Drepeat=N} runs the test N times, with the seeds S, S + 1, ...
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(SeededRandom.class)
public @interface RandomTest {}
