using System.Text;
using Review.Core.Source;

namespace Review.Kernel.Makefiles;

/// <summary>
/// Reads a kbuild makefile line by line: assignments, conditions, includes. Rules and their recipes say nothing about which
/// objects exist and are skipped.
/// </summary>
internal sealed class MakefileReader(ISourceTree tree, MakeVariables variables, ProblemList problems)
{
    private const int MaximumIncludes = 32;

    private readonly Stack<Condition> conditions = new();
    private int includes;
    private bool isInRule;
    private bool isInDefinition;

    /// <summary>Reads a makefile and everything it includes from the tree.</summary>
    public void Read(string path, string text)
    {
        var outerConditions = conditions.Count;
        var number = 0;
        var logical = new StringBuilder();
        foreach (var range in text.AsSpan().Split('\n'))
        {
            number++;
            var physical = text.AsSpan(range).TrimEnd('\r');
            var continues = physical.EndsWith('\\');
            logical.Append(continues ? physical[..^1] : physical);
            if (continues)
            {
                logical.Append(' ');
            }
            else
            {
                ReadLine(path, number, logical.ToString());
                logical.Clear();
            }
        }

        ReadLine(path, number, logical.ToString());
        while (conditions.Count > outerConditions)
        {
            conditions.Pop();
            problems.Add(path, number, "a condition is not closed with endif; it ends with the file");
        }
    }

    private void ReadLine(string path, int number, string line)
    {
        if (isInRule && line.StartsWith('\t'))
        {
            return;
        }

        var text = WithoutComment(line).Trim();
        var wordEnd = text.AsSpan().IndexOfAny(' ', '\t', '(');
        var word = wordEnd < 0 ? text : text[..wordEnd];
        var rest = wordEnd < 0 ? "" : text[wordEnd..].Trim();
        if (text.Length == 0 || SkipsDefinition(word) || ReadCondition(path, number, word, rest)
            || conditions.TryPeek(out var condition) && !condition.IsActive)
        {
            return;
        }

        if (word is "include" or "-include" or "sinclude")
        {
            Include(path, number, rest);
        }
        else if (word is "export" or "override" or "private")
        {
            TryAssign(rest);
        }
        else if (!TryAssign(text))
        {
            isInRule = text.Contains(':', StringComparison.Ordinal);
        }
    }

    private bool SkipsDefinition(string word)
    {
        var wasInDefinition = isInDefinition;
        isInDefinition = word == "define" || (isInDefinition && word != "endef");
        return wasInDefinition || isInDefinition;
    }

    /// <summary>Handles a line that begins, turns or ends a condition; false for any other line.</summary>
    private bool ReadCondition(string path, int number, string word, string rest)
    {
        switch (word)
        {
            case "ifdef" or "ifndef" or "ifeq" or "ifneq":
                var isReached = !conditions.TryPeek(out var outer) || outer.IsActive;
                var holds = isReached && Holds(word, rest);
                conditions.Push(new Condition(isReached, holds, holds));
                return true;
            case "else" when conditions.TryPop(out var condition):
                var mayHold = condition.IsReached && !condition.WasActive;
                var next = rest.Split([' ', '\t', '('], 2);
                var holdsNow = mayHold && (rest.Length == 0 || Holds(next[0], rest[next[0].Length..].Trim()));
                conditions.Push(new Condition(condition.IsReached, condition.WasActive || holdsNow, holdsNow));
                return true;
            case "endif" when conditions.TryPop(out _):
                return true;
            case "else" or "endif":
                problems.Add(path, number, $"'{word}' without a condition; it is ignored");
                return true;
            default:
                return false;
        }
    }

    private bool Holds(string word, string rest) => word switch
    {
        "ifdef" => variables.IsDefined(variables.Expand(rest).Trim()),
        "ifndef" => !variables.IsDefined(variables.Expand(rest).Trim()),
        "ifeq" => AreEqual(rest),
        "ifneq" => !AreEqual(rest),
        _ => false,
    };

    private bool AreEqual(string rest)
    {
        List<string> sides;
        if (rest.StartsWith('('))
        {
            var end = MakeVariables.EndOfGroup(rest, 0);
            sides = MakeVariables.SplitArguments(rest[1..Math.Max(1, end - 1)], 2);
        }
        else
        {
            sides = ShellWords.Split(rest);
        }

        return sides.Count == 2 && string.Equals(variables.Expand(sides[0]).Trim(), variables.Expand(sides[1]).Trim(), StringComparison.Ordinal);
    }

    private void Include(string path, int number, string rest)
    {
        foreach (var name in MakeFunctions.Words(variables.Expand(rest)))
        {
            if (SourceTreeReading.Resolve("", name) is not { Length: > 0 } included || !tree.FileExists(included))
            {
                continue;
            }

            if (++includes > MaximumIncludes)
            {
                problems.Add(path, number, $"makefiles include each other more than {MaximumIncludes} times; {included} is ignored");
                return;
            }

            if (tree.ReadText(included, problems) is { } text)
            {
                Read(included, text);
            }
        }
    }

    private bool TryAssign(string text)
    {
        var nesting = 0;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '(' or '{':
                    nesting++;
                    break;
                case ')' or '}':
                    nesting--;
                    break;
                case '=' when nesting == 0:
                    var start = i;
                    while (start > 0 && text[start - 1] is ':' or '+' or '?' or '!')
                    {
                        start--;
                    }

                    return Assign(text[..start], text[start..(i + 1)], text[(i + 1)..].Trim());
                case ':' when nesting == 0 && (i + 1 >= text.Length || text[i + 1] is not ('=' or ':')):
                    return false;
            }
        }

        return false;
    }

    private bool Assign(string name, string @operator, string value)
    {
        isInRule = false;
        name = variables.Expand(name).Trim();
        if (name.Length > 0 && !name.AsSpan().ContainsAny(' ', '\t'))
        {
            variables.Assign(name, @operator, @operator == "!=" ? "" : value);
        }

        return true;
    }

    private static string WithoutComment(string line)
    {
        var hash = line.IndexOf('#', StringComparison.Ordinal);
        while (hash > 0 && line[hash - 1] == '\\')
        {
            hash = line.IndexOf('#', hash + 1);
        }

        return hash < 0 ? line : line[..hash];
    }

    /// <param name="IsReached">The lines around the condition are read.</param>
    /// <param name="WasActive">One of the branches so far held.</param>
    /// <param name="IsActive">The current branch is read.</param>
    private sealed record Condition(bool IsReached, bool WasActive, bool IsActive);
}
