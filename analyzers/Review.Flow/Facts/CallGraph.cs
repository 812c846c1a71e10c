using System.Collections.Immutable;
using Review.Core.Syntax;

namespace Review.Flow.Facts;

/// <summary>
/// Which functions of a file call which others by name. Functions that call each other in a circle form one group; groups
/// know nothing of who asks first, so that results do not depend on it either.
/// </summary>
internal sealed class CallGraph
{
    private readonly Dictionary<string, FunctionDefinition> functions;
    private readonly Dictionary<string, ImmutableArray<string>> callees;
    private readonly List<ImmutableArray<FunctionDefinition>> circles = [];
    private readonly Dictionary<string, int> circleOf = [];

    public CallGraph(TranslationUnit unit)
    {
        functions = unit.Functions.DistinctBy(static function => function.Name).ToDictionary(static function => function.Name);
        callees = functions.ToDictionary(static pair => pair.Key, static pair => CalleesOf(pair.Value));
        FindCircles();
    }

    /// <summary>True if the file has the function's body.</summary>
    public bool Defines(string function) => functions.ContainsKey(function);

    /// <summary>True if a call of the function can lead to another call of it.</summary>
    public bool IsRecursive(string function) => circles[circleOf[function]].Length > 1 || callees[function].Contains(function);

    /// <summary>
    /// The function and all that it calls, directly or further down, those called before those that call them. Functions that
    /// call each other in a circle come together, in source order; one that calls nobody in a circle is a circle of its own.
    /// </summary>
    public IEnumerable<ImmutableArray<FunctionDefinition>> Below(string function)
    {
        var wanted = new SortedSet<int>();
        var work = new Stack<string>([function]);
        while (work.TryPop(out var name))
        {
            if (wanted.Add(circleOf[name]))
            {
                foreach (var callee in circles[circleOf[name]].SelectMany(member => callees[member.Name]).Where(Defines))
                {
                    work.Push(callee);
                }
            }
        }

        return wanted.Select(index => circles[index]);
    }

    /// <summary>For every function of the file, what <paramref name="own"/> gives for it, for the functions it calls, for those that they call, and so on.</summary>
    public Dictionary<string, HashSet<string>> Reach(Func<string, IEnumerable<string>> own)
    {
        var reached = functions.Keys.ToDictionary(static name => name, name => own(name).Concat(callees[name].SelectMany(own)).ToHashSet(StringComparer.Ordinal));
        for (var isChanged = true; isChanged;)
        {
            isChanged = false;
            foreach (var (name, effects) in reached)
            {
                var before = effects.Count;
                foreach (var callee in callees[name])
                {
                    if (reached.TryGetValue(callee, out var theirs) && theirs != effects)
                    {
                        effects.UnionWith(theirs);
                    }
                }

                isChanged |= effects.Count > before;
            }
        }

        return reached;
    }

    private static ImmutableArray<string> CalleesOf(FunctionDefinition function) =>
        [.. function.Body.DescendantsAndSelf().OfType<CallExpression>().Select(static call => call.Function?.Name).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>Tarjan's algorithm, without recursion: call chains of a hostile file may be long.</summary>
    private void FindCircles()
    {
        var number = new Dictionary<string, int>();
        var lowest = new Dictionary<string, int>();
        var open = new Stack<string>();
        var isOpen = new HashSet<string>();
        var work = new Stack<(string Function, int Next)>();
        foreach (var root in functions.Keys)
        {
            if (!number.ContainsKey(root))
            {
                work.Push((root, 0));
            }

            while (work.TryPop(out var item))
            {
                var (name, next) = item;
                if (next == 0)
                {
                    number[name] = lowest[name] = number.Count;
                    open.Push(name);
                    _ = isOpen.Add(name);
                }
                else
                {
                    lowest[name] = Math.Min(lowest[name], LowestOf(callees[name][next - 1]));
                }

                while (next < callees[name].Length && (!Defines(callees[name][next]) || number.ContainsKey(callees[name][next])))
                {
                    lowest[name] = Math.Min(lowest[name], LowestOf(callees[name][next]));
                    next++;
                }

                if (next < callees[name].Length)
                {
                    work.Push((name, next + 1));
                    work.Push((callees[name][next], 0));
                }
                else if (lowest[name] == number[name])
                {
                    Close(name);
                }
            }
        }

        int LowestOf(string callee) => isOpen.Contains(callee) ? lowest[callee] : int.MaxValue;

        void Close(string name)
        {
            var circle = new List<FunctionDefinition>();
            string member;
            do
            {
                member = open.Pop();
                _ = isOpen.Remove(member);
                circle.Add(functions[member]);
            }
            while (member != name);
            foreach (var function in circle)
            {
                circleOf[function.Name] = circles.Count;
            }

            circles.Add([.. circle.OrderBy(static function => function.Span.Start)]);
        }
    }
}
