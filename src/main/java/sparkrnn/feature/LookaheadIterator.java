package sparkrnn.feature;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * An iterator that finds its next element when it is asked whether there is one.
 *
 * @param <T> of the elements, which are never null
 */
abstract class LookaheadIterator<T> implements Iterator<T> {

  private T next;
  private boolean ended;

  /** The next element, or null at the end. */
  abstract T fetch();

  @Override
  public final boolean hasNext() {
    if (next == null && !ended) {
      next = fetch();
      ended = next == null;
    }
    return next != null;
  }

  @Override
  public final T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    T element = next;
    next = null;
    return element;
  }

  /** The next element without taking it. */
  final T peek() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return next;
  }
}
