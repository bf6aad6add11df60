package sparkrnn.exchange;

import org.apache.spark.api.java.JavaRDD;

class RpcExchangeTest extends ExchangeContractTest {

  @Override
  Exchange open(JavaRDD<Integer> shares, WorkerProgram<Integer> program) {
    return new RpcExchange(shares, program);
  }
}
