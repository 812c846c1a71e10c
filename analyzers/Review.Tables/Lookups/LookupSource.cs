using System.Collections.Immutable;
using Review.Tables.Specification;

namespace Review.Tables.Lookups;

/// <summary>
/// A C file that decides about advice. Its decisions are found by what they decide on, and computed for every number and every choice of the options around
/// them, from the text alone: no header, no configuration and no compiler is needed.
/// </summary>
public sealed class LookupSource
{
    private readonly ConditionalText text;
    private readonly Dictionary<string, long> constants;
    private readonly AdviceParameters whole;
    private readonly Dictionary<string, LookupFile> files = new(StringComparer.Ordinal);

    /// <param name="path">What messages call the file.</param>
    /// <param name="text">Its text.</param>
    /// <param name="values">The numbers of the advice that it names.</param>
    /// <exception cref="LookupException">More options matter than can be told apart.</exception>
    public LookupSource(string path, string text, IReadOnlyDictionary<string, long> values)
    {
        Path = path;
        Text = text;
        this.text = new ConditionalText(text);
        constants = new Dictionary<string, long>(values, StringComparer.Ordinal);
        foreach (var (name, value) in this.text.Defines())
        {
            constants[name] = value;
        }

        // What matters is what speaks of advice, and what has the name of a function that does.
        var all = new CFile(this.text.Under(static _ => true));
        whole = new AdviceParameters(new CFile(this.text.Under(static name => !name.StartsWith("CONFIG_", StringComparison.Ordinal))), new AdviceParameters(all, null));
        var names = all.Functions.Values.Where(SpeaksOfAdvice).Select(static function => function.Name).Concat(all.Variables.Keys.Where(name => SpeaksOfAdvice(all.Variables[name].Value))).ToList();
        Options = [.. this.text.OptionsAround(code => names.Exists(name => code.Contains(name, StringComparison.Ordinal)) || code.Contains("MADV_", StringComparison.Ordinal))];
        if (Options.Length > BehaviorTable.MaximumOptions)
        {
            throw new LookupException($"{path} has {Options.Length} options around what it decides about advice", "leave out what has nothing to do with it");
        }
    }

    /// <summary>What messages call the file.</summary>
    public string Path { get; }

    /// <summary>The file's text.</summary>
    public string Text { get; }

    /// <summary>The options that make a difference.</summary>
    public ImmutableArray<string> Options { get; }

    /// <summary>The file with some options on, and all others that matter off; what does not matter is on.</summary>
    public LookupFile With(IReadOnlySet<string> on)
    {
        var key = string.Join(' ', Options.Where(on.Contains));
        if (!files.TryGetValue(key, out var file))
        {
            bool IsDefined(string name) => Options.Contains(name, StringComparer.Ordinal) ? on.Contains(name) : name.StartsWith("CONFIG_", StringComparison.Ordinal) || constants.ContainsKey(name);
            files[key] = file = new LookupFile(Path, new CFile(text.Under(IsDefined)), whole, constants, IsDefined);
        }

        return file;
    }

    private static bool SpeaksOfAdvice(CFunction function) =>
        AdviceParameters.Walk(function.Body).SelectMany(AdviceParameters.ExpressionsOf).Any(static expression => expression is CName name && Decisions.Advice.IsName(name.Name));

    private static bool SpeaksOfAdvice(CExpression value) => value.DescendantsAndSelf().Any(static expression => expression is CName name && Decisions.Advice.IsName(name.Name));
}

/// <summary>A file cannot be computed.</summary>
/// <param name="what">What is wrong.</param>
/// <param name="cure">What to do about it.</param>
public sealed class LookupException(string what, string cure) : Exception(what)
{
    public string Cure { get; } = cure;
}
