namespace Review.Tables.Lookups;

/// <summary>An expression of C, without types.</summary>
/// <param name="Height">The number of expressions on the longest way down, this one included.</param>
internal abstract record CExpression(int Height)
{
    /// <summary>The expression and everything below it.</summary>
    public IEnumerable<CExpression> DescendantsAndSelf() => Children.SelectMany(static child => child.DescendantsAndSelf()).Prepend(this);

    protected virtual IEnumerable<CExpression> Children => [];
}

internal sealed record CNumberLiteral(long Value, bool IsUnsigned) : CExpression(1);

internal sealed record CName(string Name) : CExpression(1);

internal sealed record CUnary(string Operator, CExpression Operand) : CExpression(1 + Operand.Height)
{
    protected override IEnumerable<CExpression> Children => [Operand];
}

internal sealed record CBinary(string Operator, CExpression Left, CExpression Right) : CExpression(1 + Math.Max(Left.Height, Right.Height))
{
    protected override IEnumerable<CExpression> Children => [Left, Right];
}

/// <summary>An assignment; <see cref="Operator"/> is <c>=</c> or a compound one.</summary>
internal sealed record CAssignment(string Operator, CExpression Target, CExpression Value) : CExpression(1 + Math.Max(Target.Height, Value.Height))
{
    protected override IEnumerable<CExpression> Children => [Target, Value];
}

internal sealed record CConditional(CExpression Condition, CExpression Then, CExpression Else) : CExpression(1 + Math.Max(Condition.Height, Math.Max(Then.Height, Else.Height)))
{
    protected override IEnumerable<CExpression> Children => [Condition, Then, Else];
}

internal sealed record CCall(CExpression Function, IReadOnlyList<CExpression> Arguments) : CExpression(1 + Arguments.Select(static argument => argument.Height).Append(Function.Height).Max())
{
    protected override IEnumerable<CExpression> Children => Arguments.Prepend(Function);
}

internal sealed record CIndex(CExpression Target, CExpression Index) : CExpression(1 + Math.Max(Target.Height, Index.Height))
{
    protected override IEnumerable<CExpression> Children => [Target, Index];
}

/// <summary><c>a.b</c> or <c>a-&gt;b</c>.</summary>
internal sealed record CMember(CExpression Target, string Field, bool IsArrow) : CExpression(1 + Target.Height)
{
    protected override IEnumerable<CExpression> Children => [Target];
}

/// <summary><c>{ .a = 1, [B] = 2, 3 }</c>, with or without a type before it.</summary>
internal sealed record CList(IReadOnlyList<CElement> Elements) : CExpression(1 + Elements.Select(static element => Math.Max(element.Index?.Height ?? 0, element.Value.Height)).DefaultIfEmpty().Max())
{
    protected override IEnumerable<CExpression> Children => Elements.SelectMany(static element => element.Index is null ? [element.Value] : new[] { element.Index, element.Value });
}

/// <summary>One element of a list: by member, by index, or by its turn.</summary>
internal sealed record CElement(string? Field, CExpression? Index, CExpression? LastIndex, CExpression Value);

/// <summary>Something that is not understood; the names in it are kept.</summary>
internal sealed record COpaque(IReadOnlyList<string> Names) : CExpression(1);

/// <summary>A statement of C.</summary>
internal abstract record CStatement;

internal sealed record CBlock(IReadOnlyList<CStatement> Statements) : CStatement;

internal sealed record CIf(CExpression Condition, CStatement Then, CStatement? Else) : CStatement;

internal sealed record CSwitch(CExpression Subject, CStatement Body) : CStatement;

/// <summary>A case label; <see cref="Low"/> is null for <c>default</c>.</summary>
internal sealed record CCase(CExpression? Low, CExpression? High) : CStatement;

internal sealed record CReturn(CExpression? Value) : CStatement;

/// <summary><c>break</c>, <c>continue</c> or <c>goto</c> with its label.</summary>
internal sealed record CJump(string Word, string Label) : CStatement;

internal sealed record CLabel(string Name) : CStatement;

internal sealed record CLoop(CStatement Body, CExpression? Condition) : CStatement;

internal sealed record CDeclaration(string Name, CExpression? Initializer, bool IsUnsigned, bool IsStatic) : CStatement;

internal sealed record CExpressionStatement(CExpression Expression) : CStatement;

/// <summary>The body of a function that is not understood: nothing is concluded from it.</summary>
internal sealed record CNotUnderstood : CStatement;
