namespace Review.Kernel.Kconfig;

internal enum SymbolType
{
    Unknown,
    Bool,
    Tristate,
    Int,
    Hex,
    String,
}

/// <summary>scripts/kconfig treats choices and numbers out of range differently since 6.11.</summary>
internal enum KconfigDialect
{
    Before611,
    Since611,
}

/// <summary>A value, symbol or default that counts only where its guard is not <c>n</c>.</summary>
internal readonly record struct Guarded<T>(T Value, Expression Guard);

/// <summary>Both ends of a <c>range</c>, inclusive.</summary>
internal readonly record struct ValueRange(Expression Low, Expression High);

/// <summary>
/// A configuration symbol with everything all its definitions say. Guards already contain the dependencies of the
/// definition they stand in and of the menus and ifs around it.
/// </summary>
internal sealed class Symbol(string name, int index)
{
    public string Name { get; } = name;

    /// <summary>Position in the model's list of symbols.</summary>
    public int Index { get; } = index;

    public SymbolType Type { get; set; }

    public bool IsDefined { get; set; }

    /// <summary>The choice this symbol is a member of, if any.</summary>
    public Choice? Choice { get; set; }

    /// <summary>One guard per prompt; the user may set the symbol where one of them is not <c>n</c>.</summary>
    public List<Expression> Prompts { get; } = [];

    public List<Guarded<Expression>> Defaults { get; } = [];

    public List<Guarded<Symbol>> SelectedBy { get; } = [];

    public List<Guarded<Symbol>> ImpliedBy { get; } = [];

    public List<Guarded<ValueRange>> Ranges { get; } = [];

    /// <summary>One dependency per definition; the symbol exists where one of them is not <c>n</c>.</summary>
    public List<Expression> Dependencies { get; } = [];

    public override string ToString() => Name;
}

/// <summary>A group of symbols of which one is <c>y</c>.</summary>
internal sealed class Choice(int index)
{
    /// <summary>Position in the model's list of choices.</summary>
    public int Index { get; } = index;

    /// <summary>Where the choice is offered; null if it has no prompt.</summary>
    public Expression? Prompt { get; set; }

    public Expression Dependency { get; set; } = Expression.Yes;

    public List<Symbol> Members { get; } = [];

    public List<Guarded<Symbol>> Defaults { get; } = [];
}

/// <summary>All symbols and choices of a tree, in the order in which they are first mentioned.</summary>
internal sealed class KconfigModel(KconfigDialect dialect)
{
    private readonly Dictionary<string, Symbol> byName = new(32768, StringComparer.Ordinal);

    public KconfigDialect Dialect { get; } = dialect;

    public List<Symbol> Symbols { get; } = [];

    public List<Choice> Choices { get; } = [];

    /// <summary>The symbol that switches modules on (<c>modules</c> or <c>option modules</c>), if the tree has one.</summary>
    public Symbol? Modules { get; set; }

    public Symbol Get(string name)
    {
        if (!byName.TryGetValue(name, out var symbol))
        {
            symbol = new Symbol(name, Symbols.Count);
            byName.Add(name, symbol);
            Symbols.Add(symbol);
        }

        return symbol;
    }

    public Symbol? Find(string name) => byName.GetValueOrDefault(name);

    public Choice AddChoice()
    {
        var choice = new Choice(Choices.Count);
        Choices.Add(choice);
        return choice;
    }
}
