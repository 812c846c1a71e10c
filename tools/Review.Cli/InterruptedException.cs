namespace Review.Cli;

/// <summary>The user interrupted work of which a part is done.</summary>
/// <param name="message">What is done, and how it goes on: lower case, no full stop.</param>
internal sealed class InterruptedException(string message) : OperationCanceledException(message);
