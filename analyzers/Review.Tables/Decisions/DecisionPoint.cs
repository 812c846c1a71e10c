using System.Collections.Immutable;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Tables.Decisions;

/// <summary>A place that tells some advice from others: a switch, the comparisons of a function, a table.</summary>
/// <param name="Function">The function; null for a table at file level.</param>
/// <param name="Name">What people call the place: the function's name, or the table's.</param>
/// <param name="At">Where it is.</param>
/// <param name="Labels">The advice that it names, in source order, those that are not compiled included.</param>
public abstract record DecisionPoint(FunctionDefinition? Function, string Name, TextSpan At, ImmutableArray<DecisionLabel> Labels)
{
    /// <summary>True if an advice is named, compiled or not.</summary>
    public bool Names(string advice) => Labels.Any(label => label.Name == advice);
}

/// <summary>A <c>switch</c>.</summary>
public sealed record SwitchDecision(FunctionDefinition Owner, SwitchStatement Switch, IReadOnlyList<SwitchArm> Arms, ImmutableArray<DecisionLabel> Labels)
    : DecisionPoint(Owner, Owner.Name, Switch.Subject.Span, Labels)
{
    /// <summary>True if it sends advice to different work, and not only into classes.</summary>
    public bool IsDispatch { get; } = Arms.Count(static arm => !arm.IsIdle) >= 2;
}

/// <summary>The comparisons of a function.</summary>
public sealed record ComparisonDecision(FunctionDefinition Owner, ImmutableArray<DecisionLabel> Labels)
    : DecisionPoint(Owner, Owner.Name, Labels[0].Span, Labels);

/// <summary>A table.</summary>
public sealed record TableDecision(AdviceTable Table, ImmutableArray<DecisionLabel> Labels)
    : DecisionPoint(null, Table.Array.Name, Table.Span, Labels);

/// <summary>An advice that a decision names.</summary>
/// <param name="Name">The advice.</param>
/// <param name="Span">Where it is named.</param>
/// <param name="Guards">The preprocessor's conditions around that place.</param>
/// <param name="IsCompiled">False if the configuration leaves it out.</param>
public sealed record DecisionLabel(string Name, TextSpan Span, ImmutableArray<string> Guards, bool IsCompiled);
