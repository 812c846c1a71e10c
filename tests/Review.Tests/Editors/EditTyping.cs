namespace Review.Tests.Editors;

/// <summary>Somebody who types: edits of a C file as they come, good and bad, each a version of its own. The same seed types the same.</summary>
internal sealed class EditTyping
{
    private static readonly string[] Lines =
    [
        "\tif (unlikely(!current->mm))\n\t\treturn -EINVAL;", "\tmmap_read_unlock(current->mm);", "\tcond_resched();", "\t/* a remark */", "\tBUG_ON(min(1UL, PAGE_SIZE) > 2);",
        "\tput_page(NULL); pud_t pud;", "\tstruct here { int there; } h = { 1 }; h.there++;", "\tvma_is_temporary_stack(NULL);", "\tfor (int i = 0; i < 3; i++)\n\t\tcpu_relax();", "",
    ];

    private static readonly string[] Breaks = ["\tif (", "\t{", "\t}", "/*", "*/", "\"", "#if 0", "#define current NULL", "\treturn", "x", "static int y;", "struct { int a; } z;", "\\"];

    private readonly string start;
    private readonly Random random;
    private string text;

    public EditTyping(string start, int seed) => (this.start, text, random) = (start, start, new Random(seed));

    /// <summary>The next version.</summary>
    public string Next()
    {
        // Nothing is broken for long.
        if (random.Next(4) == 0)
        {
            return text = start;
        }

        var lines = text.Split('\n').ToList();
        var at = random.Next(lines.Count);
        switch (random.Next(9))
        {
            case < 4:
                // Most of it is typed into functions, behind a statement.
                at = lines.FindIndex(at, static line => line.StartsWith('\t') && line.EndsWith(';'));
                lines.Insert(at + 1, Lines[random.Next(Lines.Length)]);
                break;
            case 4:
                lines.Insert(at, Breaks[random.Next(Breaks.Length)]);
                break;
            case 8:
                // A helper in front of a function, and its call.
                at = lines.FindIndex(at, static line => line == "{");
                if (at > 0 && lines.LastIndexOf("", at) is var head && head >= 0)
                {
                    lines.Insert(at + 1, $"\tpr_debug(\"%d\", helper_{head}(1));");
                    lines.Insert(head + 1, $"/* helps */\nstatic int helper_{head}(int number)\n{{\n\treturn number + 1;\n}}\n");
                }

                break;
            case 5:
                lines.RemoveAt(at);
                break;
            case 6:
                lines.Insert(at, lines[at]);
                break;
            default:
                lines[at] = lines[at].Length == 0 ? "\t" : lines[at].Remove(random.Next(lines[at].Length), 1);
                break;
        }

        return text = string.Join('\n', lines);
    }
}
