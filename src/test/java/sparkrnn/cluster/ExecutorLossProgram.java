package sparkrnn.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import sparkrnn.ml.RnnRegressor;

/**
 * Fits with lost executors and machines; prints one line for each: "name kills losses digest".
 * Arguments: a directory; then "points", "local", "gone", or "random", the number of kills and a
 * seed.
 */
final class ExecutorLossProgram {

  private static final int STRIKES_OF_ONE_FIT = 6;

  private static final int SECONDS_GONE = 75;

  private static final List<String> EXCHANGES = List.of("rpc", "sharded", "job");

  private static FaultyFits fits;

  private ExecutorLossProgram() {}

  public static void main(String[] arguments) throws Exception {
    try (FaultyFits opened = new FaultyFits(Path.of(arguments[0]))) {
      fits = opened;
      run("undisturbed", step -> {});
      if (arguments[1].equals("points")) {
        points();
        sharded();
      } else if (arguments[1].equals("local")) {
        local();
      } else if (arguments[1].equals("gone")) {
        gone();
      } else {
        random(Integer.parseInt(arguments[2]), Long.parseLong(arguments[3]));
      }
    }
  }

  private static void run(String name, FaultyFits.Fault fault) {
    run(name, "rpc", fault);
  }

  private static void run(String name, String exchange, FaultyFits.Fault fault) {
    run(name, FaultyFits.estimator().setExchange(exchange), fault);
  }

  private static void run(String name, RnnRegressor estimator, FaultyFits.Fault fault) {
    int before = fits.kills();
    FaultyFits.Outcome outcome = fits.fit(estimator, fault);
    System.out.printf(
        Locale.ROOT,
        "%s %d %d %s%n",
        name,
        fits.kills() - before,
        outcome.losses(),
        outcome.digest());
  }

  /** One fit, struck three times: each new executor takes seconds to come. */
  private static void points() {
    run(
        "points",
        step -> {
          if (step == 0) {
            fits.killExecutors(1); // before the first training step
          } else if (step == FaultyFits.STEPS_PER_EPOCH + 2) {
            fits.killExecutors(2); // in mid-epoch
          } else if (step == 3 * FaultyFits.STEPS_PER_EPOCH) {
            fits.killExecutors(1); // before the validation of epoch 3, which comes next
          }
        });
  }

  /** Where workers own slices, their state is lost with them: of the steps since an epoch's end. */
  private static void sharded() {
    run(
        "sharded",
        "sharded",
        step -> {
          if (step == 2 * FaultyFits.STEPS_PER_EPOCH + 3) {
            fits.killExecutors(1);
          }
        });
  }

  /** Three steps between averages, four in an epoch; executors are struck in the third. */
  private static void local() {
    for (String exchange : new String[] {"rpc", "sharded"}) {
      run("local-" + exchange, localSteps(exchange), step -> {});
      run(
          "local-" + exchange + "-struck",
          localSteps(exchange),
          step -> {
            if (step == 2 * FaultyFits.STEPS_PER_EPOCH + 3) {
              fits.killExecutors(2);
            }
          });
    }
  }

  private static RnnRegressor localSteps(String exchange) {
    return FaultyFits.estimator().setExchange(exchange).setLocalSteps(3);
  }

  /** No machine is left, and for longer than one is waited for in silence. */
  private static void gone() {
    run(
        "gone",
        step -> {
          if (step == FaultyFits.STEPS_PER_EPOCH + 1) {
            fits.killMachine();
            fits.killMachine();
            fits.replaceMachinesAfter(SECONDS_GONE);
          }
        });
  }

  /** Exchange after exchange, until there are enough kills. */
  private static void random(int kills, long seed) throws Exception {
    for (int fit = 0; fits.kills() < kills; fit++) {
      System.out.println("# seed " + (seed + fit) + ", " + fits.kills() + " kills before");
      run(
          EXCHANGES.get(fit % EXCHANGES.size()) + "-" + fit,
          EXCHANGES.get(fit % EXCHANGES.size()),
          fits.random(new Random(seed + fit), STRIKES_OF_ONE_FIT));
      fits.replaceMachines();
    }
    run(
        "never-back",
        step -> {
          if (step == 3) {
            fits.killMachine();
          }
        });
  }
}
