using Review.Core.Flow;
using Review.Core.Syntax;
using Review.Flow.Paths;

namespace Review.Rules.Locking;

/// <summary>The answer that a path has got, if it has asked.</summary>
internal sealed record LockModeAnswer(long? Constant);

/// <summary>Follows a function that asks how to take the lock, once for each answer, and notes how it then takes it.</summary>
internal sealed class LockModeUse(FunctionDefinition function, LockModeDecision decision, Func<CallExpression, IReadOnlySet<string>> effectsOf) : PathAnalysis<LockModeAnswer>(ControlFlowGraph.Create(function))
{
    private readonly Dictionary<long, HashSet<Hold>> modes = [];

    /// <summary>How the lock is taken for an answer; <see cref="Hold.Not"/> if it is not taken, <see cref="Hold.Somehow"/> if it is not always the same.</summary>
    public Hold ModeOf(long answer) => !modes.TryGetValue(answer, out var known) ? Hold.Not : known.Count == 1 ? known.Single() : Hold.Somehow;

    /// <summary>Follows the paths.</summary>
    public void Run() => Run(new LockModeAnswer(null));

    protected override IEnumerable<Path<LockModeAnswer>> Visit(Path<LockModeAnswer> path, Node node)
    {
        var next = base.Visit(path, node);
        if (node is not CallExpression call)
        {
            return next;
        }

        if (call.Function == decision.Function.Symbol)
        {
            return decision.Constants.SelectMany(constant => next.Select(after => new Path<LockModeAnswer>(after.State.WithTemporary(call, new ConstantValue(constant)), new LockModeAnswer(constant))));
        }

        if (path.Protocol.Constant is { } answer)
        {
            var effects = effectsOf(call);
            // Whoever releases the lock as well does not take it for this function.
            if (effects.Contains(MmapLockModeFacts.LocksForReading) != effects.Contains(MmapLockModeFacts.LocksForWriting)
                && !effects.Contains(MmapLockModeFacts.UnlocksForReading) && !effects.Contains(MmapLockModeFacts.UnlocksForWriting))
            {
                _ = (modes.TryGetValue(answer, out var known) ? known : modes[answer] = []).Add(effects.Contains(MmapLockModeFacts.LocksForReading) ? Hold.Reading : Hold.Writing);
            }
        }

        return next;
    }
}
