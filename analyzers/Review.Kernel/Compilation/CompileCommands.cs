using System.Collections.Immutable;
using System.Text.Json;
using Review.Kernel.Makefiles;

namespace Review.Kernel.Compilation;

/// <summary>A compile database (compile_commands.json, as scripts/clang-tools/gen_compile_commands.py writes it).</summary>
public sealed class CompileCommands
{
    private const string Name = "compile_commands.json";

    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);

    private CompileCommands()
    {
    }

    /// <summary>
    /// Parses a compile database. Throws <see cref="KernelTreeException"/> if the text is none; entries without the required
    /// fields are skipped.
    /// </summary>
    public static CompileCommands Parse(string text)
    {
        var commands = new CompileCommands();
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Array)
            {
                throw new KernelTreeException(Name, "not a compile database: a JSON array is expected; make it with 'make compile_commands.json'");
            }

            foreach (var element in document.RootElement.EnumerateArray())
            {
                commands.Add(element);
            }
        }
        catch (JsonException e)
        {
            throw new KernelTreeException(Name, $"not valid JSON (line {e.LineNumber + 1}); make it anew with 'make compile_commands.json'");
        }

        return commands;
    }

    /// <summary>
    /// The arguments for a source, without the source itself: only options that change its meaning, with absolute paths.
    /// Null if the database has no entry for it.
    /// </summary>
    /// <param name="file">The source inside the tree.</param>
    /// <param name="treeRoot">The tree's absolute path, as the database names it.</param>
    public CompileCommand? Find(string file, string treeRoot)
    {
        if (!entries.TryGetValue(CompilerOptions.AbsolutePath(treeRoot, file), out var entry))
        {
            return null;
        }

        var problems = new ProblemList();
        var words = entry.Arguments ?? ShellWords.Split(entry.Command ?? "");
        // The first word is the compiler; a source among the words is dropped because it is no option on the list.
        var arguments = CompilerOptions.Select([.. words.Skip(1)], entry.Directory, Name, problems);
        return new CompileCommand(arguments, problems.ToImmutable());
    }

    private void Add(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object || Text("directory") is not { } directory || Text("file") is not { } file)
        {
            return;
        }

        List<string>? arguments = null;
        if (element.TryGetProperty("arguments", out var list) && list.ValueKind == JsonValueKind.Array)
        {
            arguments = [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)];
        }

        entries.TryAdd(CompilerOptions.AbsolutePath(directory, file), new Entry(directory, Text("command"), arguments));

        string? Text(string property) =>
            element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    private sealed record Entry(string Directory, string? Command, List<string>? Arguments);
}

/// <summary>One source's command line from a compile database.</summary>
/// <param name="Arguments">The arguments to give to clang, without the source.</param>
/// <param name="Problems">Options that were refused because they could make the compiler load or run something.</param>
public sealed record CompileCommand(ImmutableArray<string> Arguments, ImmutableArray<KernelProblem> Problems);
