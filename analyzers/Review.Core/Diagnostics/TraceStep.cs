namespace Review.Core.Diagnostics;

/// <summary>One step on the path that leads to a finding, in the order of execution.</summary>
/// <param name="Path">File inside the tree.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Function">The function in which the step happens.</param>
/// <param name="Message">What happens there: lower case, no full stop.</param>
public sealed record TraceStep(string Path, int Line, string Function, string Message);
