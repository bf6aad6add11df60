package sparkrnn.data;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenFallback;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;
import scala.collection.Iterator;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.ScalaRunTime;

/**
 * An expression of Spark SQL of one operand, null where that is: how a column becomes another with
 * Spark's values as they are, which no function of users gets to see.
 */
abstract class Conversion extends Expression implements CodegenFallback, Serializable {

  private static final long serialVersionUID = 1L;

  private final Expression operand;
  private final DataType type;
  private final boolean nullable;

  /**
   * The conversion of an expression, resolved or not.
   *
   * @param type of the values that {@link #convert} gives
   */
  Conversion(Expression operand, DataType type, boolean nullable) {
    this.operand = operand;
    this.type = type;
    this.nullable = nullable;
  }

  /** The converted value of one that is not null. */
  abstract Object convert(Object value);

  /** The same conversion of another expression. */
  abstract Conversion of(Expression other);

  final Expression operand() {
    return operand;
  }

  @Override
  public DataType dataType() {
    return type;
  }

  @Override
  public boolean nullable() {
    return nullable;
  }

  @Override
  public Object eval(InternalRow input) {
    Object value = operand.eval(input);
    return value == null ? null : convert(value);
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return CodegenFallback.super.doGenCode(context, code);
  }

  @Override
  public Seq<Expression> children() {
    return CollectionConverters.asScala(List.of(operand)).toSeq();
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return of(children.head());
  }

  @Override
  public int productArity() {
    return 3;
  }

  @Override
  public Object productElement(int index) {
    return List.of(operand, type, nullable).get(index);
  }

  @Override
  public Iterator<Object> productIterator() {
    return ScalaRunTime.typedProductIterator(this);
  }

  @Override
  public boolean canEqual(Object other) {
    return other != null && other.getClass() == getClass();
  }

  @Override
  public boolean equals(Object other) {
    return canEqual(other)
        && operand.equals(((Conversion) other).operand)
        && type.equals(((Conversion) other).type)
        && nullable == ((Conversion) other).nullable;
  }

  @Override
  public int hashCode() {
    return Objects.hash(getClass(), operand, type, nullable);
  }
}
