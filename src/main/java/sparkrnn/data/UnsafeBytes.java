package sparkrnn.data;

import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.expressions.UnsafeMapData;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;
import org.apache.spark.unsafe.Platform;

/**
 * Arrays, structs and maps of Spark as one run of bytes, and back: Spark's own "unsafe" formats,
 * which it keeps such values in between its operators and in its shuffles. For one thread.
 */
final class UnsafeBytes {

  private final DataType type;

  /** Of a row with the value as its one field; for values that are not in bytes yet. */
  private UnsafeProjection projection;

  UnsafeBytes(DataType type) {
    this.type = stored(type);
  }

  /** Whether values of this type are held in bytes of their own. */
  static boolean suits(DataType type) {
    DataType stored = stored(type);
    return stored instanceof ArrayType || stored instanceof MapType || stored instanceof StructType;
  }

  private static DataType stored(DataType type) {
    return type instanceof UserDefinedType<?> defined ? defined.sqlType() : type;
  }

  /** A copy of the bytes of a value that is not null. */
  byte[] of(Object value) {
    if (value instanceof UnsafeArrayData array) {
      return copy(array.getBaseObject(), array.getBaseOffset(), array.getSizeInBytes());
    }
    if (value instanceof UnsafeRow row) {
      return copy(row.getBaseObject(), row.getBaseOffset(), row.getSizeInBytes());
    }
    if (value instanceof UnsafeMapData map) {
      return copy(map.getBaseObject(), map.getBaseOffset(), map.getSizeInBytes());
    }
    if (projection == null) {
      projection = UnsafeProjection.create(new DataType[] {type});
    }
    return of(projection.apply(new GenericInternalRow(new Object[] {value})).get(0, type));
  }

  private static byte[] copy(Object base, long offset, int size) {
    byte[] bytes = new byte[size];
    Platform.copyMemory(base, offset, bytes, Platform.BYTE_ARRAY_OFFSET, size);
    return bytes;
  }

  /** The value that lies in these bytes, without a copy. */
  static Object value(byte[] bytes, DataType type) {
    DataType stored = stored(type);
    if (stored instanceof ArrayType) {
      return array(bytes);
    }
    if (stored instanceof MapType) {
      UnsafeMapData map = new UnsafeMapData();
      map.pointTo(bytes, Platform.BYTE_ARRAY_OFFSET, bytes.length);
      return map;
    }
    UnsafeRow row = new UnsafeRow(((StructType) stored).size());
    row.pointTo(bytes, bytes.length);
    return row;
  }

  /** The array that lies in these bytes, without a copy. */
  static UnsafeArrayData array(byte[] bytes) {
    UnsafeArrayData array = new UnsafeArrayData();
    array.pointTo(bytes, Platform.BYTE_ARRAY_OFFSET, bytes.length);
    return array;
  }
}
