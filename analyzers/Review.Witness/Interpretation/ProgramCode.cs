using System.Text;
using Review.Core.Syntax;

namespace Review.Witness.Interpretation;

/// <summary>
/// A translation unit as the interpreter runs it. Functions are compiled when they are first called, and once for all runs;
/// a program serves one thread of the host at a time.
/// </summary>
internal sealed class ProgramCode
{
    private readonly Dictionary<string, FunctionDefinition> definitions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CallTarget> targetsByName = new(StringComparer.Ordinal);
    private readonly List<CallTarget> targets = [];
    private readonly Dictionary<VariableSymbol, Variable> variables = [];
    private readonly Dictionary<VariableSymbol, Expression> initializers = [];
    private readonly HashSet<VariableSymbol> defined = [];
    private Dictionary<(string Record, string Member), long>? offsets;
    private Dictionary<string, long>? enumerators;

    public ProgramCode(TranslationUnit unit)
    {
        Unit = unit;
        foreach (var function in unit.HeaderFunctions.Concat(unit.Functions))
        {
            definitions[function.Name] = function;
        }

        foreach (var global in unit.Globals.Where(static global => global.IsDefinition))
        {
            _ = defined.Add(global.Symbol);
            if (global.Initializer is { } value)
            {
                initializers[global.Symbol] = value;
            }
        }

        foreach (var problem in unit.Problems)
        {
            Problems[problem.Function] = problem.Reason;
        }
    }

    /// <summary>The file.</summary>
    public TranslationUnit Unit { get; }

    /// <summary>The functions that could not be turned into a tree, with the reason.</summary>
    public Dictionary<string, string> Problems { get; } = new(StringComparer.Ordinal);

    /// <summary>The function of the file or of a header; null if no body is known.</summary>
    public FunctionDefinition? Definition(string function) => definitions.GetValueOrDefault(function);

    /// <summary>What calls of a name go to.</summary>
    public CallTarget TargetOf(string name) => TargetOf(name, definitions.GetValueOrDefault(name)?.Symbol.Signature);

    /// <summary>What calls of a function go to.</summary>
    public CallTarget TargetOf(FunctionSymbol function) => TargetOf(function.Name, function.Signature);

    private CallTarget TargetOf(string name, FunctionType? signature)
    {
        if (!targetsByName.TryGetValue(name, out var target))
        {
            targetsByName[name] = target = new CallTarget(
                name, signature, targets.Count, definitions.TryGetValue(name, out var definition) ? () => FunctionCompiler.Compile(this, definition) : null);
            targets.Add(target);
        }

        return target;
    }

    /// <summary>The function at an address; null if none is.</summary>
    public CallTarget? FunctionAt(ulong address) => Memory.FunctionAt(address) is >= 0 and var index && index < targets.Count ? targets[index] : null;

    /// <summary>A variable with static lifetime.</summary>
    public Variable VariableOf(VariableSymbol symbol)
    {
        if (!variables.TryGetValue(symbol, out var variable))
        {
            if (symbol.Kind == VariableKind.StaticLocal)
            {
                FindStaticLocal(symbol);
            }

            variables[symbol] = variable = new Variable(
                symbol.Name,
                variables.Count,
                symbol.Type.Size,
                defined.Contains(symbol),
                initializers.TryGetValue(symbol, out var value) ? () => FunctionCompiler.CompileInitializer(this, symbol, value) : null);
        }

        return variable;
    }

    /// <summary>Where a member of a structure lies, in bytes, if the code says so anywhere; else null.</summary>
    public long? OffsetOf(string record, string member)
    {
        if (offsets is null)
        {
            offsets = [];
            var roots = definitions.Values.Select(static function => (Node)function.Body).Concat(Unit.Globals.Where(static global => global.Initializer is not null).Select(static global => (Node)global.Initializer!));
            foreach (var node in roots.SelectMany(static root => root.DescendantsAndSelf()))
            {
                foreach (var field in node is MemberExpression access ? [access.Field] : node is InitializerList list ? list.Members : [])
                {
                    offsets[(field.Record, field.Name)] = field.OffsetBits / 8;
                }
            }
        }

        return offsets.TryGetValue((record, member), out var offset) ? offset : null;
    }

    /// <summary>The value of an enumerator that the file's own code names; null if it names none of that name.</summary>
    public long? Enumerator(string name)
    {
        enumerators ??= Unit.Functions.SelectMany(static function => function.Body.DescendantsAndSelf<NameExpression>()).Select(static expression => expression.Symbol).OfType<EnumeratorSymbol>()
            .DistinctBy(static symbol => symbol.Name, StringComparer.Ordinal).ToDictionary(static symbol => symbol.Name, static symbol => symbol.Value, StringComparer.Ordinal);
        return enumerators.TryGetValue(name, out var value) ? value : null;
    }

    /// <summary>A string as an object without a name.</summary>
    public Variable StringOf(StringExpression text)
    {
        var symbol = new VariableSymbol("a string", text.Type, VariableKind.StaticLocal, default, -1);
        _ = defined.Add(symbol);
        initializers[symbol] = text;
        return VariableOf(symbol);
    }

    /// <summary>The bytes of a string with the zero behind them, as far as escapes are known.</summary>
    public static byte[] BytesOf(StringExpression text)
    {
        // clang spells strings as they stand in the source.
        var spelled = text.Text;
        var quote = spelled.IndexOf('"', StringComparison.Ordinal);
        if (quote is not 0 || spelled.Length < 2)
        {
            return [.. Encoding.UTF8.GetBytes(spelled), 0];
        }

        var bytes = new List<byte>();
        for (var i = 1; i < spelled.Length - 1; i++)
        {
            if (spelled[i] != '\\')
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(spelled[i].ToString()));
                continue;
            }

            i++;
            bytes.Add(spelled[i] switch
            {
                'n' => (byte)'\n',
                't' => (byte)'\t',
                'r' => (byte)'\r',
                '0' => 0,
                '\\' or '"' or '\'' => (byte)spelled[i],
                _ => throw new NotInterpretedException($"the escape \\{spelled[i]} in a string"),
            });
        }

        return [.. bytes, 0];
    }

    private void FindStaticLocal(VariableSymbol symbol)
    {
        _ = defined.Add(symbol);
        var declaration = definitions.Values.SelectMany(static function => function.Body.DescendantsAndSelf<LocalDeclaration>()).FirstOrDefault(local => local.Symbol == symbol);
        if (declaration?.Initializer is { } value)
        {
            initializers[symbol] = value;
        }
    }
}
