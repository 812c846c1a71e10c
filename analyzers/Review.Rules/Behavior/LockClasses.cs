using System.Collections.Immutable;
using Review.Core.Source;
using Review.Core.Syntax;
using Review.Flow.Facts;
using Review.Tables.Decisions;

namespace Review.Rules.Behavior;

/// <summary>
/// Compares the function that says which lock an advice needs with the switch that does the work: advice with the same code, be it a case of its own or what
/// stands behind the switch, needs the same lock.
/// </summary>
/// <param name="decisions">The file's decisions.</param>
/// <param name="answer">What a function answers for an advice; null if that is not one number.</param>
internal sealed class LockClasses(AdviceDecisions decisions, Func<FunctionDefinition, long, long?> answer)
{
    /// <summary>With fewer advice of the other kind nobody can say which is the odd one.</summary>
    private const int LeastOthers = 3;

    private static readonly FactTable Locks = FactResource.Read("MmapLock");

    /// <summary>The advice that gets another lock than others with the same work.</summary>
    public ImmutableArray<LockSplit> SplitsOf(ImmutableArray<SwitchDecision> dispatches, IEnumerable<FunctionDefinition> functions)
    {
        var asked = functions.Where(TakesLock).SelectMany(decisions.NodesOf).OfType<CallExpression>().SelectMany(call => decisions.CalleesWith(call)).Distinct().ToList();
        return
        [
            .. from question in asked
               where functions.Contains(question) && decisions.Points.Any(point => point is SwitchDecision && point.Function == question)
               from dispatch in dispatches
               where dispatch.Owner != question
               from split in SplitsOf(question, dispatch)
               select split,
        ];
    }

    private bool TakesLock(FunctionDefinition function) => decisions.NodesOf(function).OfType<CallExpression>()
        .Any(static call => call.Function is { } callee && Locks.OutcomesOf(callee.Name).Any(static outcome => outcome.Has("takes mmap_lock")));

    private IEnumerable<LockSplit> SplitsOf(FunctionDefinition question, SwitchDecision dispatch)
    {
        var tail = dispatch.Arms.Where(static arm => !arm.HasDefault && arm.Statements is [.., BreakStatement]).SelectMany(static arm => arm.Cases).ToList();
        foreach (var same in dispatch.Arms.Where(static arm => !arm.HasDefault && arm.Statements is not [.., BreakStatement]).Select(static arm => arm.Cases.ToList()).Append(tail))
        {
            var classes = same.Where(static label => !Advice.IsInternal(label.Name)).GroupBy(label => answer(question, label.Low)).OrderBy(static group => group.Count()).ToList();
            if (classes.Exists(static group => group.Key is null) || classes.Count != 2 || (same == tail && classes[1].Count() < LeastOthers))
            {
                continue;
            }

            // Of two, neither is the odd one: the one that is named is looked at.
            var (odd, others) = classes[0].Count() == classes[1].Count() && !IsNamed(question, classes[0].First()) ? (classes[1], classes[0]) : (classes[0], classes[1]);
            foreach (var label in odd)
            {
                yield return new LockSplit(question, label.Name, others.First().Name, dispatch, PlaceOf(question, label.Name));
            }
        }
    }

    private bool IsNamed(FunctionDefinition question, CaseLabel label) => decisions.Points.Any(point => point.Function == question && point.Names(label.Name));

    private TextSpan PlaceOf(FunctionDefinition question, string advice)
    {
        var points = decisions.Points.Where(point => point.Function == question).ToList();
        return points.SelectMany(static point => point.Labels).FirstOrDefault(label => label.Name == advice)?.Span ?? points[0].At;
    }
}

/// <summary>An advice that gets another lock than one with the same work.</summary>
/// <param name="Asked">The function that says which lock.</param>
/// <param name="Name">The advice.</param>
/// <param name="Sibling">The other one.</param>
/// <param name="Dispatch">The switch that does the same for both.</param>
/// <param name="At">Where the lock is chosen.</param>
internal sealed record LockSplit(FunctionDefinition Asked, string Name, string Sibling, SwitchDecision Dispatch, TextSpan At);
