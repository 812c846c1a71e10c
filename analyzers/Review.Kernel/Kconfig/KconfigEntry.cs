namespace Review.Kernel.Kconfig;

/// <summary>What surrounds a statement: the menus, ifs and choices it stands in, innermost first.</summary>
internal sealed class KconfigBlock
{
    private KconfigBlock(KconfigBlock? parent, string keyword, Expression dependency, Expression visibility, Choice? choice)
    {
        Parent = parent;
        Keyword = keyword;
        Depth = parent is null ? 0 : parent.Depth + 1;
        Dependency = dependency;
        Visibility = visibility;
        Choice = choice;
    }

    public static KconfigBlock Root { get; } = new(null, "", Expression.Yes, Expression.Yes, null);

    public KconfigBlock? Parent { get; }

    /// <summary><c>menu</c>, <c>if</c> or <c>choice</c>.</summary>
    public string Keyword { get; }

    public int Depth { get; }

    /// <summary>Everything the blocks around depend on.</summary>
    public Expression Dependency { get; }

    /// <summary>The <c>visible if</c> of all menus around.</summary>
    public Expression Visibility { get; }

    /// <summary>The innermost choice around, if any.</summary>
    public Choice? Choice { get; }

    public KconfigBlock Enter(string keyword, Expression dependency, Expression visibility, Choice? choice) =>
        new(this, keyword, Expression.And(Dependency, dependency), Expression.And(Visibility, visibility), choice ?? Choice);
}

/// <summary>A config, choice or menu statement while its attribute lines are being read.</summary>
internal sealed class KconfigEntry
{
    private readonly List<Expression> prompts = [];
    private readonly List<Guarded<Expression>> defaults = [];
    private readonly List<Guarded<Symbol>> selects = [];
    private readonly List<Guarded<Symbol>> implies = [];
    private readonly List<Guarded<ValueRange>> ranges = [];
    private Expression dependency = Expression.Yes;
    private Expression visibility = Expression.Yes;

    public Symbol? Symbol { get; init; }

    public Choice? Choice { get; init; }

    public bool IsMenu { get; init; }

    public void AddPrompt(Expression guard) => prompts.Add(guard);

    public void AddDefault(Expression value, Expression guard) => defaults.Add(new(value, guard));

    public void AddSelect(Symbol symbol, Expression guard) => selects.Add(new(symbol, guard));

    public void AddImply(Symbol symbol, Expression guard) => implies.Add(new(symbol, guard));

    public void AddRange(ValueRange range, Expression guard) => ranges.Add(new(range, guard));

    public void AddDependency(Expression expression) => dependency = Expression.And(dependency, expression);

    public void AddVisibility(Expression expression) => visibility = Expression.And(visibility, expression);

    /// <summary>
    /// Puts everything read into the model, guarded by this entry's dependencies and those around it. Returns the block that
    /// the statements behind this one stand in.
    /// </summary>
    public KconfigBlock Finish(KconfigBlock block)
    {
        var full = Expression.And(block.Dependency, dependency);
        if (Symbol is { } symbol)
        {
            FinishSymbol(symbol, block, full);
            return block;
        }

        if (Choice is { } choice)
        {
            choice.Dependency = full;
            foreach (var guard in prompts)
            {
                choice.Prompt = Expression.And(full, guard, block.Visibility);
            }

            foreach (var (value, guard) in defaults)
            {
                if (value is Reference { Symbol: var member })
                {
                    choice.Defaults.Add(new(member, Expression.And(full, guard)));
                }
            }

            return block.Enter("choice", dependency, Expression.Yes, choice);
        }

        return IsMenu ? block.Enter("menu", dependency, visibility, null) : block;
    }

    private void FinishSymbol(Symbol symbol, KconfigBlock block, Expression full)
    {
        symbol.IsDefined = true;
        symbol.Dependencies.Add(full);
        if (block.Choice is { } choice)
        {
            symbol.Choice = choice;
            choice.Members.Add(symbol);
        }

        foreach (var guard in prompts)
        {
            symbol.Prompts.Add(Expression.And(full, guard, block.Visibility));
        }

        foreach (var (value, guard) in defaults)
        {
            symbol.Defaults.Add(new(value, Expression.And(full, guard)));
        }

        foreach (var (selected, guard) in selects)
        {
            selected.SelectedBy.Add(new(symbol, Expression.And(full, guard)));
        }

        foreach (var (implied, guard) in implies)
        {
            implied.ImpliedBy.Add(new(symbol, Expression.And(full, guard)));
        }

        foreach (var (range, guard) in ranges)
        {
            symbol.Ranges.Add(new(range, Expression.And(full, guard)));
        }
    }
}
