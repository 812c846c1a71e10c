namespace Review.Core.Engine;

/// <summary>
/// Thrown by a rule that cannot look at a function, e.g. because it has too many paths. The result lists the function as not
/// analysed by that rule; what the rule reported before stays.
/// </summary>
/// <param name="reason">Why: lower case, no full stop.</param>
public sealed class NotAnalysedException(string reason) : Exception(reason);
