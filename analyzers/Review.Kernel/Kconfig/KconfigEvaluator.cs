namespace Review.Kernel.Kconfig;

/// <summary>
/// Computes the value of every symbol from the wishes of the user, in the semantics of scripts/kconfig/symbol.c. Values are
/// computed on demand and once; a symbol that depends on itself is <c>n</c> inside its own computation.
/// </summary>
internal sealed class KconfigEvaluator(KconfigModel model, Wishes wishes, ProblemList problems)
{
    // Real trees need fewer than 50 levels; ten times that fit into any thread's stack.
    private const int MaximumDepth = 500;
    private const int MaximumSteps = 20_000_000;

    private readonly string?[] values = new string?[model.Symbols.Count];
    private readonly bool[] isBusy = new bool[model.Symbols.Count];
    private readonly (State State, Symbol? Chosen)[] choices = new (State, Symbol?)[model.Choices.Count];
    private int depth;
    private int steps;

    private enum State : byte
    {
        Unknown,
        Busy,
        Known,
    }

    /// <summary>All symbols that are set, with their values as configuration files write them.</summary>
    public Dictionary<string, string> Evaluate()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var symbol in model.Symbols)
        {
            if (!symbol.IsDefined)
            {
                continue;
            }

            var value = Value(symbol);
            switch (symbol.Type)
            {
                case SymbolType.Bool or SymbolType.Tristate when value != "n":
                    settings.Add(symbol.Name, value);
                    break;
                case SymbolType.String when Visibility(symbol) != TriState.No || symbol.Defaults.Exists(@default => Evaluate(@default.Guard) != TriState.No):
                    settings.Add(symbol.Name, ConfigurationText.Quote(value));
                    break;
                case SymbolType.Int when value.Length > 0:
                    settings.Add(symbol.Name, value);
                    break;
                case SymbolType.Hex when value.Length > 0:
                    settings.Add(symbol.Name, value.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? value : $"0x{value}");
                    break;
            }
        }

        return settings;
    }

    /// <summary>The value of a symbol: <c>y</c>, <c>m</c>, <c>n</c>, a number, or a text without quotes.</summary>
    private string Value(Symbol symbol)
    {
        if (!symbol.IsDefined)
        {
            return symbol.Name;
        }

        if (values[symbol.Index] is { } known)
        {
            return known;
        }

        if (isBusy[symbol.Index])
        {
            return symbol.Type is SymbolType.Int or SymbolType.Hex or SymbolType.String ? "" : "n";
        }

        if (!Descend())
        {
            return "n";
        }

        isBusy[symbol.Index] = true;
        var value = Toolchain.SymbolValue(symbol.Name) ?? symbol.Type switch
        {
            SymbolType.Bool or SymbolType.Tristate => Switch(symbol).Text(),
            SymbolType.Unknown => "n",
            _ => Text(symbol),
        };
        isBusy[symbol.Index] = false;
        depth--;
        return values[symbol.Index] = value;
    }

    private TriState State3(Symbol symbol) => symbol.IsDefined ? TriStates.Parse(Value(symbol)) ?? TriState.No : TriState.No;

    private TriState Switch(Symbol symbol)
    {
        TriState value;
        if (symbol.Choice is { } choice && symbol.Prompts.Count > 0)
        {
            value = TriStates.From(Chosen(choice) == symbol);
        }
        else
        {
            value = WishedOrDefault(symbol);
        }

        foreach (var (selector, guard) in symbol.SelectedBy)
        {
            if (value == TriState.Yes)
            {
                break;
            }

            var state = State3(selector);
            if (state != TriState.No)
            {
                value = TriStates.Or(value, TriStates.And(state, Evaluate(guard)));
            }
        }

        return value == TriState.Module && !AllowsModule(symbol) ? TriState.Yes : value;
    }

    private TriState WishedOrDefault(Symbol symbol)
    {
        var visibility = Visibility(symbol);
        if (visibility == TriState.Module && symbol.Type == SymbolType.Bool)
        {
            visibility = TriState.Yes;
        }

        if (visibility != TriState.No && wishes.For(symbol.Name) is { } text && TriStates.Parse(text) is { } wish)
        {
            return TriStates.And(wish, visibility);
        }

        var value = TriState.No;
        foreach (var (@default, guard) in symbol.Defaults)
        {
            var allowed = Evaluate(guard);
            if (allowed != TriState.No)
            {
                value = TriStates.And(Evaluate(@default), allowed);
                break;
            }
        }

        if (symbol.ImpliedBy.Count > 0 && Exists(symbol))
        {
            foreach (var (implier, guard) in symbol.ImpliedBy)
            {
                value = TriStates.Or(value, TriStates.And(State3(implier), Evaluate(guard)));
            }
        }

        return value;
    }

    private bool AllowsModule(Symbol symbol) =>
        symbol.Type == SymbolType.Tristate && (model.Modules is not { } modules || modules == symbol || State3(modules) != TriState.No);

    private string Text(Symbol symbol)
    {
        if (wishes.For(symbol.Name) is { } wish && Visibility(symbol) != TriState.No)
        {
            var value = ConfigurationText.Unquote(wish);
            if (symbol.Type == SymbolType.String)
            {
                return value;
            }

            var clamped = KconfigNumber.IsValid(symbol.Type, value) ? Clamp(symbol, value) : "";

            // Before 6.11 a number outside the range counts as if it had not been given.
            if (clamped.Length > 0 && (clamped == value || model.Dialect == KconfigDialect.Since611))
            {
                return clamped;
            }
        }

        foreach (var (@default, guard) in symbol.Defaults)
        {
            if (Evaluate(guard) != TriState.No)
            {
                var value = OperandText(@default);
                return symbol.Type == SymbolType.String || value.Length == 0 ? value : Clamp(symbol, value);
            }
        }

        return "";
    }

    private string Clamp(Symbol symbol, string value)
    {
        foreach (var ((low, high), guard) in symbol.Ranges)
        {
            if (Evaluate(guard) == TriState.No)
            {
                continue;
            }

            var (lowText, highText) = (OperandText(low), OperandText(high));
            if (KconfigNumber.Parse(value) is { } number && KconfigNumber.Parse(lowText) is { } least && KconfigNumber.Parse(highText) is { } most)
            {
                return number < least ? lowText : number > most ? highText : value;
            }

            break;
        }

        return value;
    }

    /// <summary>The member of a choice that is on, or null where the choice is not offered.</summary>
    private Symbol? Chosen(Choice choice)
    {
        if (choices[choice.Index].State != State.Unknown)
        {
            return choices[choice.Index].Chosen;
        }

        if (!Descend())
        {
            return null;
        }

        choices[choice.Index].State = State.Busy;
        var chosen = Choose(choice);
        choices[choice.Index] = (State.Known, chosen);
        depth--;
        return chosen;
    }

    private Symbol? Choose(Choice choice)
    {
        // A choice whose prompt has a condition that does not hold has no member that is on. One without any prompt follows its defaults.
        if (choice.Prompt is null)
        {
            return Evaluate(choice.Dependency) == TriState.No
                ? null
                : choice.Defaults.FirstOrDefault(@default => Evaluate(@default.Guard) != TriState.No).Value;
        }

        if (Evaluate(choice.Prompt) == TriState.No)
        {
            return null;
        }

        var visible = choice.Members.Where(member => Visibility(member) != TriState.No).ToHashSet();
        var @default = choice.Defaults.FirstOrDefault(@default => Evaluate(@default.Guard) != TriState.No && visible.Contains(@default.Value)).Value
            ?? choice.Members.Find(visible.Contains);

        // Before 6.11 only the last wish counts, and only if it can be granted; refusals are not looked at.
        if (model.Dialect == KconfigDialect.Before611)
        {
            var last = choice.Members.Where(IsWished).MaxBy(Order);
            return last is not null && visible.Contains(last) ? last : @default;
        }

        return choice.Members.Where(member => visible.Contains(member) && IsWished(member)).MaxBy(Order)
            ?? (@default is not null && !IsRefused(@default) ? @default : null)
            ?? choice.Members.Find(member => visible.Contains(member) && Order(member) == 0)
            ?? choice.Members.Where(visible.Contains).MinBy(Order);

        int Order(Symbol member) => wishes.OrderOf(member.Name);

        bool IsWished(Symbol member) => wishes.For(member.Name) == "y";
    }

    private bool IsRefused(Symbol symbol) => wishes.For(symbol.Name) == "n";

    private TriState Visibility(Symbol symbol)
    {
        var visibility = TriState.No;
        foreach (var prompt in symbol.Prompts)
        {
            visibility = TriStates.Or(visibility, Evaluate(prompt));
        }

        return visibility;
    }

    private bool Exists(Symbol symbol) => symbol.Dependencies.Exists(dependency => Evaluate(dependency) != TriState.No);

    private TriState Evaluate(Expression expression)
    {
        if (!Descend())
        {
            return TriState.No;
        }

        var value = expression switch
        {
            Constant constant => constant.Value,
            Reference reference => State3(reference.Symbol),
            Not not => TriStates.Not(Evaluate(not.Operand)),
            All all => EvaluateAll(all),
            Any any => EvaluateAny(any),
            Comparison comparison => TriStates.From(Compare(comparison)),
            Literal literal => TriStates.Parse(literal.Text) ?? TriState.No,
            _ => TriState.No,
        };
        depth--;
        return value;
    }

    private TriState EvaluateAll(All all)
    {
        var value = TriState.Yes;
        foreach (var part in all.Parts)
        {
            value = TriStates.And(value, Evaluate(part));
            if (value == TriState.No)
            {
                break;
            }
        }

        return value;
    }

    private TriState EvaluateAny(Any any)
    {
        var value = TriState.No;
        foreach (var part in any.Parts)
        {
            value = TriStates.Or(value, Evaluate(part));
            if (value == TriState.Yes)
            {
                break;
            }
        }

        return value;
    }

    private bool Compare(Comparison comparison)
    {
        var (left, right) = (ComparedText(comparison.Left), ComparedText(comparison.Right));
        var order = KconfigNumber.Parse(left) is { } a && KconfigNumber.Parse(right) is { } b ? a.CompareTo(b) : string.CompareOrdinal(left, right);
        return comparison.Operator switch
        {
            ComparisonOperator.Equal => order == 0,
            ComparisonOperator.NotEqual => order != 0,
            ComparisonOperator.Less => order < 0,
            ComparisonOperator.LessOrEqual => order <= 0,
            ComparisonOperator.Greater => order > 0,
            _ => order >= 0,
        };
    }

    /// <summary>The text of an operand; a number symbol without a value compares as zero.</summary>
    private string ComparedText(Expression operand)
    {
        var text = OperandText(operand);
        return text.Length == 0 && operand is Reference { Symbol.Type: SymbolType.Int or SymbolType.Hex } ? "0" : text;
    }

    private string OperandText(Expression operand) => operand switch
    {
        Literal literal => literal.Text,
        Reference reference => Value(reference.Symbol),
        Constant constant => constant.Value.Text(),
        _ => Evaluate(operand).Text(),
    };

    /// <summary>Counts one level of recursion; false beyond the bound, where everything is <c>n</c>. Pair with <c>depth--</c> if true.</summary>
    private bool Descend()
    {
        if (depth >= MaximumDepth)
        {
            problems.Add("Kconfig", 0, $"symbols depend on each other in a chain of more than {MaximumDepth} steps; its end is taken as n");
            return false;
        }

        if (++steps > MaximumSteps)
        {
            steps = MaximumSteps;
            problems.Add("Kconfig", 0, $"evaluating the symbols takes more than {MaximumSteps / 1_000_000} million steps; the rest is taken as n");
            return false;
        }

        depth++;
        return true;
    }
}
