using Review.Tests.Cli;

namespace Review.Tests.Editors;

/// <summary>The real kernel, of which one file is edited in an editor's memory: a bug of the corpus is put into it. Tells whether anything was written to the tree.</summary>
internal sealed class EditedKernel : IDisposable
{
    /// <summary>Tests that use the kernel's folder run one after the other, so that one does not see what another's editor does.</summary>
    public const string Collection = "edited kernel";

    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, (long Size, DateTime Written)> before;

    /// <param name="mutation">The name of the script that puts the bug in.</param>
    /// <param name="file">The file that it changes.</param>
    public EditedKernel(string mutation, string file = "mm/madvise.c")
    {
        File = Path.Combine(Tree, file);
        Edited = folder.At(file);
        Directory.CreateDirectory(Path.GetDirectoryName(Edited)!);
        System.IO.File.Copy(File, Edited);
        var script = Path.Combine(AppContext.BaseDirectory, "corpus", "mutations", mutation + ".sh");
        Assert.Equal(0, TestProgram.Run("sh", folder.Path, [script, folder.Path]).Status);
        before = Look();
    }

    /// <summary>The tree.</summary>
    public static string Tree => KernelFactAttribute.KernelFolder!;

    /// <summary>The file in the tree, without the bug.</summary>
    public string File { get; }

    /// <summary>A file elsewhere with the same text and the bug.</summary>
    public string Edited { get; }

    /// <summary>The program that users run, as the words of a command.</summary>
    public static IReadOnlyList<string> Program => TestProgram.NativeProgram is { } native ? [native] : ["dotnet", Path.Combine(AppContext.BaseDirectory, "mmreview.dll")];

    /// <summary>Runs an editor that is driven by a script, and gives the lines that the script prints.</summary>
    public IReadOnlyList<string> Drive(string editor, IEnumerable<string> arguments, string rule)
    {
        var result = TestProgram.Run(
            editor, folder.Path, arguments,
            ("MMREVIEW_FILE", File), ("MMREVIEW_EDITED", Edited), ("MMREVIEW_RULE", rule), ("MMREVIEW_PROGRAM", string.Join('\n', Program)), ("HOME", folder.Path), ("XDG_CONFIG_HOME", null),
            ("MMREVIEW_CACHE", Review.Cli.Cache.CacheDirectory.Choose(Environment.GetEnvironmentVariable)));
        Assert.True(result.Status == 0, result.Output + result.Errors);
        return [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    /// <summary>Fails if a file of the tree came, went, or was written.</summary>
    public void AssertUntouched() => Assert.Empty(Look().Except(before).Concat(before.Except(Look())).Select(static pair => pair.Key));

    public void Dispose() => folder.Dispose();

    // Others who use the tree at the same time may write to its repository.
    private static Dictionary<string, (long Size, DateTime Written)> Look() => new DirectoryInfo(Tree)
        .EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
        .Where(static file => !file.FullName.StartsWith(Path.Combine(Tree, ".git/"), StringComparison.Ordinal))
        .ToDictionary(static file => file.FullName, static file => (file.Length, file.LastWriteTimeUtc), StringComparer.Ordinal);
}
