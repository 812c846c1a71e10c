using System.Text;

namespace Review.Kernel.Kconfig;

/// <summary>
/// Kconfig's macro language (scripts/kconfig/preprocess.c): <c>$(name)</c>, <c>$(function,argument,...)</c>, variables of
/// both kinds. Depth and the total amount of text are bounded; beyond, an expansion is empty and a problem is recorded.
/// </summary>
internal sealed class MacroExpander
{
    private const int MaximumDepth = 64;
    private const int MaximumText = 8 * 1024 * 1024;

    private readonly Toolchain toolchain;
    private readonly ProblemList problems;
    private readonly Dictionary<string, string> fixedVariables;
    private readonly Dictionary<string, (string Text, bool IsSimple)> variables = new(StringComparer.Ordinal);
    private int produced;
    private int depth;

    public MacroExpander(Toolchain toolchain, ProblemList problems)
    {
        this.toolchain = toolchain;
        this.problems = problems;
        fixedVariables = toolchain.Variables();
    }

    /// <summary>The file being read, for problems.</summary>
    public string Path { get; set; } = "";

    /// <summary>The line being read, for problems.</summary>
    public int Line { get; set; }

    /// <summary>Handles <c>name = text</c>, <c>name := text</c> and <c>name += text</c>.</summary>
    public void Assign(string name, string @operator, string text)
    {
        if (fixedVariables.ContainsKey(name))
        {
            return;
        }

        switch (@operator)
        {
            case ":=":
                variables[name] = (Expand(text), true);
                break;
            case "+=" when variables.TryGetValue(name, out var old):
                var added = old.IsSimple ? Expand(text) : text;
                if (Spend(old.Text.Length + added.Length))
                {
                    variables[name] = ($"{old.Text} {added}", old.IsSimple);
                }

                break;
            default:
                variables[name] = (text, false);
                break;
        }
    }

    /// <summary>The text with every <c>$(...)</c> replaced. A dollar sign before anything else is kept.</summary>
    public string Expand(string text) => text.Contains("$(", StringComparison.Ordinal) ? Expand(text, []) : text;

    /// <summary>The index behind the parenthesis that closes the one at <paramref name="open"/>; the text's length if none does.</summary>
    public static int EndOfGroup(ReadOnlySpan<char> text, int open)
    {
        var nesting = 0;
        for (var i = open; i < text.Length; i++)
        {
            if (text[i] == '(')
            {
                nesting++;
            }
            else if (text[i] == ')' && --nesting == 0)
            {
                return i + 1;
            }
        }

        return text.Length;
    }

    private string Expand(string text, IReadOnlyList<string> arguments)
    {
        if (++depth > MaximumDepth)
        {
            depth--;
            problems.Add(Path, Line, "macros are nested too deeply or refer to themselves; the expansion is taken as empty");
            return "";
        }

        var result = new StringBuilder();
        var position = 0;
        while (text.IndexOf("$(", position, StringComparison.Ordinal) is >= 0 and var start)
        {
            var end = EndOfGroup(text, start + 1);
            result.Append(text, position, start - position);
            var bodyEnd = text[end - 1] == ')' ? end - 1 : end;
            var value = Call(text[(start + 2)..Math.Max(bodyEnd, start + 2)], arguments);
            if (!Spend(value.Length + 16))
            {
                depth--;
                return "";
            }

            result.Append(value);
            position = end;
        }

        depth--;
        return result.Append(text, position, text.Length - position).ToString();
    }

    private string Call(string body, IReadOnlyList<string> arguments)
    {
        var parts = SplitArguments(body);
        for (var i = 0; i < parts.Count; i++)
        {
            parts[i] = parts[i].Contains("$(", StringComparison.Ordinal) ? Expand(parts[i], arguments) : parts[i];
        }

        var name = parts[0].Trim();
        if (int.TryParse(name, out var number))
        {
            return number > 0 && number <= arguments.Count ? arguments[number - 1] : "";
        }

        if (parts.Count == 1 && fixedVariables.TryGetValue(name, out var value))
        {
            return value;
        }

        parts.RemoveAt(0);
        if (toolchain.Call(name, parts) is { } answer)
        {
            return answer;
        }

        return variables.TryGetValue(name, out var variable)
            ? variable.IsSimple ? variable.Text : Expand(variable.Text, parts)
            : "";
    }

    private static List<string> SplitArguments(string body)
    {
        var parts = new List<string>();
        var start = 0;
        var nesting = 0;
        for (var i = 0; i < body.Length; i++)
        {
            switch (body[i])
            {
                case '(':
                    nesting++;
                    break;
                case ')':
                    nesting--;
                    break;
                case ',' when nesting == 0:
                    parts.Add(body[start..i]);
                    start = i + 1;
                    break;
            }
        }

        parts.Add(body[start..]);
        return parts;
    }

    private bool Spend(int characters)
    {
        if (produced > MaximumText - characters)
        {
            produced = MaximumText;
            problems.Add(Path, Line, "macros expand to more than 8 million characters; further expansions are taken as empty");
            return false;
        }

        produced += characters;
        return true;
    }
}
