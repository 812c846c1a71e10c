using Review.Core.Syntax;

namespace Review.Rules.Locking;

/// <summary>For one value, the lock is taken in one mode and the function that handles the value needs the other.</summary>
/// <param name="Value">How the source names the value.</param>
/// <param name="Answer">The return that decides the mode.</param>
/// <param name="Mode">The mode it leads to.</param>
/// <param name="Handler">The call that handles the value.</param>
/// <param name="ChangesVmas">True if the handler changes VMAs under a lock that is held for reading; false if it releases the lock in the other mode.</param>
internal sealed record LockModeMismatch(string Value, ReturnStatement Answer, Hold Mode, CallExpression Handler, bool ChangesVmas)
{
    /// <summary>Labels that two switches must have in common to be about the same kind of value.</summary>
    private const int CommonNames = 3;

    /// <summary>The mismatches of a file, those of one decision and mode by value.</summary>
    public static IEnumerable<LockModeMismatch> Find(TranslationUnit unit, MmapLockModeFacts modes, MmapLockNeeds needs)
    {
        var functions = unit.Functions.DistinctBy(static function => function.Name).ToDictionary(static function => function.Name);
        foreach (var decision in unit.Functions.Select(LockModeDecision.Of).OfType<LockModeDecision>().ToList())
        {
            var users = unit.Functions.Where(function => Asks(function, decision) && modes.Functions.EffectsWithin(function).Any(MmapLockModeFacts.IsMode)).Select(function => new LockModeUse(function, decision, EffectsOf)).ToList();
            foreach (var user in users)
            {
                user.Run();
            }

            // Where all answers lead to the same mode, it is not this function that decides on it.
            var modesOf = decision.Constants.ToDictionary(static constant => constant, constant => ModeOf(users, constant));
            if (!modesOf.ContainsValue(Hold.Reading) || !modesOf.ContainsValue(Hold.Writing))
            {
                continue;
            }

            foreach (var dispatch in unit.Functions.Where(function => function != decision.Function).SelectMany(static function => function.Body.DescendantsAndSelf<SwitchStatement>()))
            {
                var labels = dispatch.Labels.OfType<CaseLabel>().ToList();
                if (labels.Select(static label => label.Name).Intersect(decision.Names, StringComparer.Ordinal).Count() < CommonNames)
                {
                    continue;
                }

                foreach (var label in labels)
                {
                    var answer = decision.For(label.Low);
                    var mode = modesOf[answer.Value!.Constant!.Value];
                    foreach (var call in CallsOf(label, dispatch))
                    {
                        if (Contradicts(call, mode) is { } changes)
                        {
                            yield return new LockModeMismatch(label.Name, answer, mode, call, changes);
                        }
                    }
                }
            }
        }

        IReadOnlySet<string> EffectsOf(CallExpression call) => functions.TryGetValue(call.Function?.Name ?? "", out var callee)
            ? modes.Functions.EffectsWithin(callee)
            : MmapLockModeFacts.EffectsOf(call).ToHashSet(StringComparer.Ordinal);

        bool? Contradicts(CallExpression call, Hold mode)
        {
            var isHere = functions.TryGetValue(call.Function?.Name ?? "", out var handler);
            var effects = EffectsOf(call);
            var isReader = effects.Contains(MmapLockModeFacts.LocksForReading) || effects.Contains(MmapLockModeFacts.UnlocksForReading);
            var isWriter = effects.Contains(MmapLockModeFacts.LocksForWriting) || effects.Contains(MmapLockModeFacts.UnlocksForWriting);
            return isReader != isWriter && mode == (isReader ? Hold.Writing : Hold.Reading) ? false
                : mode == Hold.Reading && !isReader && !isWriter && isHere && needs.Within(handler!).Contains(MmapLockNeeds.ChangesVmas) ? true
                : null;
        }
    }

    private static Hold ModeOf(List<LockModeUse> users, long answer) =>
        users.Select(user => user.ModeOf(answer)).Where(static mode => mode != Hold.Not).Distinct().ToList() is [var mode] ? mode : Hold.Somehow;

    private static bool Asks(FunctionDefinition function, LockModeDecision decision) =>
        function != decision.Function && function.Body.DescendantsAndSelf<CallExpression>().Any(call => call.Function == decision.Function.Symbol);

    /// <summary>The calls that handle a label's values: those of its arm, and those behind the switch if the arm leads there.</summary>
    private static IEnumerable<CallExpression> CallsOf(SwitchLabel label, SwitchStatement dispatch)
    {
        var first = LockModeDecision.First(label);
        Node outer = first;
        while (outer.Parent is SwitchLabel)
        {
            outer = outer.Parent;
        }

        IEnumerable<Statement> arm = [first];
        if (outer.Parent is BlockStatement block && outer is Statement start)
        {
            arm = arm.Concat(block.Statements.SkipWhile(statement => statement != start).Skip(1).TakeWhile(static statement => statement is not SwitchLabel));
        }

        var own = new List<Statement>();
        foreach (var statement in arm)
        {
            own.Add(statement);
            if (statement is ReturnStatement or BreakStatement or GotoStatement)
            {
                break;
            }
        }

        if (own[^1] is BreakStatement && dispatch.Parent is BlockStatement around)
        {
            own.AddRange(around.Statements.SkipWhile(statement => statement != dispatch).Skip(1));
        }

        return own.SelectMany(static statement => statement.DescendantsAndSelf<CallExpression>());
    }
}
