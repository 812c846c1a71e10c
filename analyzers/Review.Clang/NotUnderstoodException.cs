namespace Review.Clang;

/// <summary>A construct has no place in our tree; its function becomes "not analysed" with this reason.</summary>
internal sealed class NotUnderstoodException(string reason) : Exception(reason);
