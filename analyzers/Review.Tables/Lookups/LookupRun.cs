namespace Review.Tables.Lookups;

/// <summary>One run through a function's statements. Both ways are taken where a condition is not known.</summary>
/// <param name="valueOf">Evaluates an expression with the variables on the path, which it may change.</param>
internal sealed class LookupRun(Func<CExpression, CEnvironment, CValue> valueOf)
{
    private CValue? answer;

    [Flags]
    private enum Ways
    {
        None = 0,
        Next = 1,
        Break = 2,
    }

    /// <summary>What is returned on all ways; unknown if they differ.</summary>
    public CValue Answer => answer ?? CUnknown.Instance;

    public void Execute(CBlock body, CEnvironment environment)
    {
        if (Run(body, environment, new CEnvironment()).HasFlag(Ways.Next))
        {
            Return(CUnknown.Instance);
        }
    }

    private Ways Run(CStatement statement, CEnvironment at, CEnvironment atBreak)
    {
        switch (statement)
        {
            case CBlock block:
                return RunList(block.Statements, 0, at, atBreak);
            case CIf @if:
                return RunIf(@if, at, atBreak);
            case CSwitch @switch:
                return RunSwitch(@switch, at);
            case CReturn @return:
                Return(@return.Value is null ? CUnknown.Instance : valueOf(@return.Value, at));
                return Ways.None;
            case CJump { Word: "break" }:
                atBreak.Replace(at);
                return Ways.Break;
            case CJump or CLoop or CLabel or CNotUnderstood:
                Return(CUnknown.Instance);
                return Ways.None;
            case CDeclaration declaration:
                at[declaration.Name] = declaration.Initializer is null ? CUnknown.Instance : valueOf(declaration.Initializer, at);
                return Ways.Next;
            case CExpressionStatement expression:
                _ = valueOf(expression.Expression, at);
                return Ways.Next;
            default:
                return Ways.Next;
        }
    }

    private Ways RunList(IReadOnlyList<CStatement> statements, int start, CEnvironment at, CEnvironment atBreak)
    {
        var ways = Ways.None;
        for (var i = start; i < statements.Count; i++)
        {
            var breakHere = new CEnvironment();
            var next = Run(statements[i], at, breakHere);
            if (next.HasFlag(Ways.Break))
            {
                Merge(ref ways, atBreak, breakHere);
            }

            if (!next.HasFlag(Ways.Next))
            {
                return ways;
            }
        }

        return ways | Ways.Next;
    }

    private static void Merge(ref Ways ways, CEnvironment atBreak, CEnvironment breakHere)
    {
        if (ways.HasFlag(Ways.Break))
        {
            atBreak.Join(breakHere);
        }
        else
        {
            atBreak.Replace(breakHere);
        }

        ways |= Ways.Break;
    }

    private Ways RunIf(CIf @if, CEnvironment at, CEnvironment atBreak)
    {
        var condition = valueOf(@if.Condition, at);
        if (condition is CUndefined)
        {
            Return(condition);
            return Ways.None;
        }

        if (condition.Truth is { } truth)
        {
            return truth ? Run(@if.Then, at, atBreak) : @if.Else is null ? Ways.Next : Run(@if.Else, at, atBreak);
        }

        var other = at.Copy();
        var otherBreak = new CEnvironment();
        var then = Run(@if.Then, at, atBreak);
        var @else = @if.Else is null ? Ways.Next : Run(@if.Else, other, otherBreak);
        if (@else.HasFlag(Ways.Break))
        {
            var ways = then & Ways.Break;
            Merge(ref ways, atBreak, otherBreak);
        }

        if (!then.HasFlag(Ways.Next))
        {
            at.Replace(other);
        }
        else if (@else.HasFlag(Ways.Next))
        {
            at.Join(other);
        }

        return then | @else;
    }

    private Ways RunSwitch(CSwitch @switch, CEnvironment at)
    {
        if (@switch.Body is not CBlock { Statements: var statements })
        {
            Return(CUnknown.Instance);
            return Ways.None;
        }

        var subject = valueOf(@switch.Subject, at);
        if (subject is CUndefined)
        {
            Return(subject);
            return Ways.None;
        }

        var labels = Enumerable.Range(0, statements.Count).Where(i => statements[i] is CCase).ToList();
        var starts = new List<int>();
        if (subject is CInteger or CSymbol && labels.TrueForAll(i => Matches((CCase)statements[i], subject, at) is not null))
        {
            var found = labels.FindIndex(i => Matches((CCase)statements[i], subject, at) == true);
            found = found < 0 ? labels.FindIndex(i => ((CCase)statements[i]).Low is null) : found;
            if (found < 0)
            {
                return Ways.Next;
            }

            starts.Add(labels[found]);
        }
        else
        {
            starts.AddRange(labels);
        }

        // Of a subject that is not known each label may be the one, or none unless there is a default.
        var isSure = (starts.Count == 1 && subject is CInteger or CSymbol) || labels.Exists(i => statements[i] is CCase { Low: null });
        var ways = isSure ? Ways.None : Ways.Next;
        var after = at.Copy();
        var isFirst = isSure;
        foreach (var start in starts)
        {
            var path = at.Copy();
            var atBreak = new CEnvironment();
            var taken = RunList(statements, start, path, atBreak);
            foreach (var end in new[] { taken.HasFlag(Ways.Next) ? path : null, taken.HasFlag(Ways.Break) ? atBreak : null })
            {
                if (end is not null && isFirst)
                {
                    after.Replace(end);
                    isFirst = false;
                }
                else if (end is not null)
                {
                    after.Join(end);
                }
            }

            ways |= taken == Ways.None ? Ways.None : Ways.Next;
        }

        at.Replace(after);
        return ways;
    }

    /// <summary>True if a label takes the subject; null if that cannot be told.</summary>
    private bool? Matches(CCase label, CValue subject, CEnvironment at)
    {
        if (label.Low is null)
        {
            return false;
        }

        var low = valueOf(label.Low, at);
        var high = label.High is null ? low : valueOf(label.High, at);
        return (subject, low, high) switch
        {
            (CInteger value, CInteger a, CInteger b) => value.Number >= a.Number && value.Number <= b.Number,
            (CSymbol { Number: { } value }, CSymbol { Number: { } a }, CSymbol { Number: { } b }) => value >= a && value <= b,
            (CSymbol value, CSymbol a, _) when value.Name == a.Name => true,
            _ => null,
        };
    }

    private void Return(CValue value) => answer = answer is null || answer.Equals(value) ? value : CUnknown.Instance;
}
