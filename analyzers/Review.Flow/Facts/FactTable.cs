using System.Collections.Immutable;
using System.Text;
using Review.Core.Dependencies;
using Review.Core.Source;

namespace Review.Flow.Facts;

/// <summary>
/// Facts about functions whose body is elsewhere, read from text. One line is one outcome of a function:
/// <code>
/// userfaultfd_remove = 0: drops mmap_lock
/// faultin_vma_page_range *4 = 0: drops mmap_lock
/// up_read (0 mmap_lock): drops mmap_lock
/// IS_ERR (0 &lt; 0) = 1:
/// get_file = $0: takes a reference *0
/// </code>
/// Behind the name stand, each if needed: <c>/n</c>, the number of arguments that the line is about; <c>(p field)</c>, which asks that argument p is the
/// address of a member of that name; <c>(p &lt; 0)</c>, what argument p is like when the call ends this way, or <c>(*p &lt; 0)</c>, the number that it points to before; <c>(p-&gt;record.field set)</c>, which asks that the member
/// of what argument p points to is known not to be zero; <c>= $p</c>, which argument the result is; <c>= 0</c>, what the result is like; <c>*p = n</c>, what
/// parameter p points to afterwards, <c>*p kept</c> or <c>*p changed</c>, and the same of a member, <c>*p-&gt;record.field = n</c>; <c>stable</c>, if the same arguments get the
/// same result. Comparisons are <c>= n</c>, <c>&lt; 0</c>, <c>&gt; 0</c>, <c>&lt;= 0</c>, <c>&gt;= 0</c>, <c>!= 0</c>, <c>&amp; n</c> (that one bit is set) and
/// <c>!&amp; n</c> (none of the bits is); several may follow each other. <c>[WORD]</c> before the name limits the line to files in which that word occurs: what came with a later kernel is
/// known by the names that came with it. Effects are separated by commas, in the order in which they happen; <c>#</c> starts a comment.
/// A line <c>within: takes lock, drops lock</c> names two effects of which the second undoes the first: a function that does both itself, in that order, has neither for its callers.
/// </summary>
public sealed class FactTable : INoted
{
    private const string PairWord = "within:";

    private readonly Dictionary<string, ImmutableArray<CallOutcome>> outcomes = new(StringComparer.Ordinal);
    private readonly List<FactLine> limited = [];
    private readonly HashSet<string> own;
    private readonly List<(string First, string Second)> pairs = [];

    private FactTable(string name, FactTable? @base)
    {
        Name = name;
        Base = @base;
        own = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (function, known) in @base?.outcomes ?? [])
        {
            outcomes[function] = known;
        }
    }

    /// <summary>The table that knows nothing.</summary>
    public static FactTable Empty { get; } = new("", null);

    /// <summary>Where the table's own lines come from, e.g. <c>MmapLock.facts</c>.</summary>
    public string Name { get; }

    /// <summary>What a profile calls the work of finding out what follows from the table.</summary>
    internal string Work => $"facts: {Name}";

    /// <summary>A table whose lines count here too. What follows from them alone is worked out once for all tables that have it.</summary>
    public FactTable? Base { get; }

    /// <summary>Reads a table.</summary>
    /// <exception cref="FormatException">A line is not of the form above; the message names it.</exception>
    public static FactTable Parse(string text) => Parse("", text, null);

    /// <summary>Reads a table with a name, on top of another one.</summary>
    /// <exception cref="FormatException">A line is not of the form above; the message names it.</exception>
    public static FactTable Parse(string name, string text, FactTable? @base)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = text.Split('\n').Select(static line => line.Split('#')[0].Trim()).Where(static line => line.Length > 0).ToList();
        var linesOfPairs = lines.Where(static line => line.StartsWith(PairWord, StringComparison.Ordinal)).ToList();
        var table = Of(name, lines.Except(linesOfPairs).Select(FactLine.Parse), @base);
        table.pairs.AddRange(linesOfPairs.Select(ReadPair));
        return table;
    }

    private static (string First, string Second) ReadPair(string line) =>
        line[PairWord.Length..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is [var first, var second]
            ? (first, second)
            : throw new FormatException($"not a fact: '{line}'");

    /// <summary>The table of some lines.</summary>
    public static FactTable Of(string name, IEnumerable<FactLine> lines, FactTable? @base = null)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var table = new FactTable(name, @base);
        foreach (var line in lines)
        {
            if (line.Word is null)
            {
                table.Add(line);
            }
            else
            {
                table.limited.Add(line);
            }
        }

        return table;
    }

    /// <summary>The trail after one more effect in the same function.</summary>
    public EffectTrail Then(EffectTrail trail, string effect)
    {
        ArgumentNullException.ThrowIfNull(trail);
        foreach (var (first, second) in pairs)
        {
            if (second == effect && trail.Contains(first) && !trail.Contains(second))
            {
                return trail.Without(first);
            }
        }

        return trail.Then(effect);
    }

    /// <summary>The names of all functions of the table.</summary>
    public IEnumerable<string> Functions => outcomes.Keys;

    /// <summary>The functions of which lines of the table's own speak, also those that are limited to some files.</summary>
    public IEnumerable<string> OwnFunctions => own.Concat(limited.Select(static line => line.Function)).Distinct(StringComparer.Ordinal);

    /// <summary>True if the table speaks of the function.</summary>
    public bool Knows(string function) => outcomes.ContainsKey(function);

    /// <summary>The name of the table, this one or its base, that speaks of a function.</summary>
    public string NameOf(string function) => own.Contains(function) ? Name : Base?.NameOf(function) ?? Name;

    /// <summary>The ways in which a call of the function can end; empty if the table does not know it.</summary>
    public ImmutableArray<CallOutcome> OutcomesOf(string function) => outcomes.GetValueOrDefault(function, []);

    /// <summary>The table as it counts for a file.</summary>
    public FactTable For(SourceText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var @base = Base?.For(text);
        if (limited.Count == 0 && @base == Base)
        {
            return this;
        }

        var table = new FactTable(Name, @base);
        table.pairs.AddRange(pairs);
        foreach (var function in own)
        {
            _ = table.own.Add(function);
            table.outcomes[function] = OutcomesOf(function);
        }

        foreach (var line in limited.Where(line => text.Bytes.IndexOf(Encoding.UTF8.GetBytes(line.Word!)) >= 0))
        {
            table.Add(line);
        }

        return table;
    }

    private void Add(FactLine line)
    {
        _ = own.Add(line.Function);
        outcomes[line.Function] = OutcomesOf(line.Function).Add(line.Outcome);
    }
}
