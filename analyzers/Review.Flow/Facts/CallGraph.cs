using System.Collections.Concurrent;
using System.Collections.Immutable;
using Review.Core.Syntax;

namespace Review.Flow.Facts;

/// <summary>A function whose body is known, and the functions that it calls by name.</summary>
internal sealed class CalledFunction(int index, TranslationUnit unit, FunctionDefinition definition, bool isHeader)
{
    /// <summary>Position in the graph: by file, and in source order.</summary>
    public int Index { get; } = index;

    /// <summary>The file whose tree has the body.</summary>
    public TranslationUnit Unit { get; } = unit;

    public FunctionDefinition Definition { get; } = definition;

    /// <summary>True if the body stands in a header that the file includes.</summary>
    public bool IsHeader { get; } = isHeader;

    public string Name => Definition.Name;

    /// <summary>The functions that it calls by name, each once, in source order; with the body where that is known.</summary>
    public ImmutableArray<(string Name, CalledFunction? Body)> Callees { get; set; } = [];

    /// <summary>The parameters that point to records of which it writes members, itself or by handing them on.</summary>
    public HashSet<int> Written { get; } = [];

    public override string ToString() => $"{Unit.Path}: {Name}";
}

/// <summary>
/// Which functions of one file, or of several files together, call which others by name. A file's own functions and those of its headers come before those
/// that other files make known to all; a name that two of them make known is nobody's.
/// </summary>
internal sealed class CallGraph
{
    private readonly Dictionary<TranslationUnit, Dictionary<string, CalledFunction>> own = [];
    private readonly Dictionary<string, CalledFunction?> shared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<CalledFunction>> callers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<TranslationUnit, ImmutableArray<ImmutableArray<CalledFunction>>> circlesByFile = [];

    /// <param name="units">The files, in a fixed order.</param>
    /// <param name="elsewhere">What was found out about functions of further files.</param>
    /// <param name="withHeaders">True if the functions of headers count too.</param>
    public CallGraph(IEnumerable<TranslationUnit> units, FoundFacts elsewhere, bool withHeaders = true)
    {
        var functions = ImmutableArray.CreateBuilder<CalledFunction>();
        foreach (var unit in units)
        {
            var names = own[unit] = new Dictionary<string, CalledFunction>(unit.Functions.Length + (withHeaders ? unit.HeaderFunctions.Length : 0), StringComparer.Ordinal);
            Add(unit, unit.Functions, isHeader: false);
            if (withHeaders)
            {
                Add(unit, unit.HeaderFunctions, isHeader: true);
            }

            void Add(TranslationUnit unit, ImmutableArray<FunctionDefinition> definitions, bool isHeader)
            {
                foreach (var definition in definitions)
                {
                    var function = new CalledFunction(functions.Count, unit, definition, isHeader);
                    if (names.TryAdd(function.Name, function))
                    {
                        functions.Add(function);
                        if (!isHeader && !definition.Symbol.IsStatic)
                        {
                            shared[function.Name] = shared.ContainsKey(function.Name) ? null : function;
                        }
                    }
                }
            }
        }

        Functions = functions.ToImmutable();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var called = ImmutableArray.CreateBuilder<(string Name, CalledFunction? Body)>();
        foreach (var function in Functions)
        {
            foreach (var call in CallsIn(function))
            {
                if (call.Function?.Name is { } name && seen.Add(name))
                {
                    called.Add((name, Find(function.Unit, name)));
                }
            }

            function.Callees = called.ToImmutable();
            seen.Clear();
            called.Clear();
            foreach (var (name, _) in function.Callees)
            {
                if (!callers.TryGetValue(name, out var known))
                {
                    callers[name] = known = [];
                }

                known.Add(function);
            }
        }

        FindWriters(elsewhere);
    }

    /// <summary>All functions whose body is known.</summary>
    public ImmutableArray<CalledFunction> Functions { get; }

    /// <summary>The functions of a file, headers apart, that call themselves or each other in a circle; each circle and all of them in source order.</summary>
    public ImmutableArray<ImmutableArray<CalledFunction>> CirclesOf(TranslationUnit unit) => circlesByFile.GetOrAdd(unit, unit =>
    {
        var seen = new HashSet<CalledFunction>();
        var found = new List<ImmutableArray<CalledFunction>>();
        foreach (var function in Functions.Where(function => IsOwn(function) && !seen.Contains(function)))
        {
            foreach (var circle in Below(function, callee => IsOwn(callee) && !seen.Contains(callee)))
            {
                seen.UnionWith(circle);
                if (circle.Length > 1 || circle[0].Callees.Any(callee => callee.Body == circle[0]))
                {
                    found.Add(circle);
                }
            }
        }

        return [.. found.OrderBy(static circle => circle[0].Index)];

        bool IsOwn(CalledFunction function) => function.Unit == unit && !function.IsHeader;
    });

    /// <summary>The files.</summary>
    public IReadOnlyCollection<TranslationUnit> Units => own.Keys;

    /// <summary>The function that a name means in a file, if its body is known.</summary>
    public CalledFunction? Find(TranslationUnit unit, string name) => own[unit].TryGetValue(name, out var function) ? function : shared.GetValueOrDefault(name);

    /// <summary>The function that files other than its own mean by a name; null if no file makes it known, or several do.</summary>
    public CalledFunction? FindShared(string name) => shared.GetValueOrDefault(name);

    /// <summary>The functions that files make known to others, each name once.</summary>
    public IEnumerable<CalledFunction> Shared => shared.Values.OfType<CalledFunction>();

    /// <summary>The functions that call one by a name.</summary>
    public IReadOnlyList<CalledFunction> CallersOf(string name) => callers.TryGetValue(name, out var known) ? known : [];

    /// <summary>
    /// A function and those that it calls, directly or further down, as far as they are wanted; those called before those that call them. Functions that call
    /// each other in a circle come together, in the order of the graph; one that is in no circle comes alone.
    /// </summary>
    public static List<ImmutableArray<CalledFunction>> Below(CalledFunction function, Func<CalledFunction, bool> isWanted)
    {
        // Tarjan's algorithm, without recursion: call chains of a hostile file may be long.
        var circles = new List<ImmutableArray<CalledFunction>>();
        var number = new Dictionary<CalledFunction, int>();
        var lowest = new Dictionary<CalledFunction, int>();
        var open = new Stack<CalledFunction>();
        var isOpen = new HashSet<CalledFunction>();
        var work = new Stack<(CalledFunction Function, int Next)>([(function, 0)]);
        while (work.TryPop(out var item))
        {
            var (current, next) = item;
            if (next == 0)
            {
                number[current] = lowest[current] = number.Count;
                open.Push(current);
                _ = isOpen.Add(current);
            }

            if (next > 0)
            {
                Lower(current, current.Callees[next - 1].Body!);
            }

            CalledFunction? unseen = null;
            while (unseen is null && next < current.Callees.Length)
            {
                if (current.Callees[next++].Body is { } callee && isWanted(callee))
                {
                    if (number.ContainsKey(callee))
                    {
                        Lower(current, callee);
                    }
                    else
                    {
                        unseen = callee;
                    }
                }
            }

            if (unseen is not null)
            {
                work.Push((current, next));
                work.Push((unseen, 0));
            }
            else if (lowest[current] == number[current])
            {
                Close(current);
            }
        }

        return circles;

        void Lower(CalledFunction caller, CalledFunction callee)
        {
            if (isOpen.Contains(callee))
            {
                lowest[caller] = Math.Min(lowest[caller], lowest[callee]);
            }
        }

        void Close(CalledFunction root)
        {
            var circle = new List<CalledFunction>();
            CalledFunction member;
            do
            {
                member = open.Pop();
                _ = isOpen.Remove(member);
                circle.Add(member);
            }
            while (member != root);
            circles.Add([.. circle.OrderBy(static member => member.Index)]);
        }
    }

    private static IEnumerable<CallExpression> CallsIn(CalledFunction function) => function.Definition.Body.DescendantsAndSelf<CallExpression>();

    /// <summary>
    /// Finds out who writes members of records that parameters point to. A parameter is handed on if it, or a local variable for the same type of record, is an
    /// argument of somebody who writes there.
    /// </summary>
    private void FindWriters(FoundFacts elsewhere)
    {
        var work = new Queue<CalledFunction>();
        foreach (var function in Functions.Where(static function => !function.IsHeader))
        {
            function.Written.UnionWith(Inference.MembersWrittenThrough(function.Definition));
            if (function.Written.Count > 0)
            {
                work.Enqueue(function);
            }
        }

        foreach (var (name, written) in elsewhere.Writers)
        {
            Propagate(name, null, written);
        }

        while (work.TryDequeue(out var writer))
        {
            Propagate(writer.Name, writer, writer.Written);
        }

        void Propagate(string name, CalledFunction? writer, IReadOnlyCollection<int> written)
        {
            foreach (var caller in CallersOf(name))
            {
                if (!caller.IsHeader && Find(caller.Unit, name) == writer && HandsOn(caller, name, written))
                {
                    work.Enqueue(caller);
                }
            }
        }
    }

    /// <summary>Adds the parameters that a caller hands on to somebody who writes there; false if there is nothing new.</summary>
    private static bool HandsOn(CalledFunction caller, string writer, IReadOnlyCollection<int> written)
    {
        var before = caller.Written.Count;
        foreach (var call in CallsIn(caller).Where(call => call.Function?.Name == writer))
        {
            foreach (var index in written.Where(index => index < call.Arguments.Length).ToArray())
            {
                if (call.Arguments[index].Unwrapped is NameExpression { Symbol: VariableSymbol { IsAutomatic: true } variable })
                {
                    caller.Written.UnionWith(caller.Definition.Parameters
                        .Where(parameter => parameter == variable || (variable.Kind == VariableKind.Local && parameter.Type.Pointee is { } record && record == variable.Type.Pointee))
                        .Select(static parameter => parameter.Ordinal));
                }
            }
        }

        return caller.Written.Count > before;
    }
}
