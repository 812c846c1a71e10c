namespace Review.Dev.Bench;

/// <summary>mmreview as a process, with a cache of its own that is emptied as far as a measurement wants it.</summary>
/// <param name="program">The built program.</param>
/// <param name="kernel">The tree.</param>
/// <param name="cache">Folder of the cache.</param>
internal sealed class OurProgram(string program, string kernel, string cache)
{
    /// <summary>The start of the program and nothing else.</summary>
    public MeasuredRun StartUp() => Run("--version");

    /// <summary>A check.</summary>
    /// <param name="files">The files.</param>
    /// <param name="keepTree">True if configuration, headers and compiled headers of an earlier run may be used.</param>
    /// <param name="keepResults">True if results of an earlier run may be used.</param>
    public MeasuredRun Check(IEnumerable<string> files, bool keepTree, bool keepResults)
    {
        foreach (var folder in (string?[])[keepTree ? null : cache, keepResults ? null : Path.Combine(cache, "results")])
        {
            if (folder is not null && Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        return Run(["check", .. files, "--kernel", kernel, "--format", "json", "--fail-on", "never"]);
    }

    private MeasuredRun Run(params string[] arguments) => program.EndsWith(".dll", StringComparison.Ordinal)
        ? MeasuredRun.Of("dotnet", [program, .. arguments], "/", ("MMREVIEW_CACHE", cache))
        : MeasuredRun.Of(program, arguments, "/", ("MMREVIEW_CACHE", cache));
}
