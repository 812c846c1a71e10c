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
        Forget(keepTree, keepResults);
        return Run(["check", .. files, "--kernel", kernel, "--format", "json", "--fail-on", "never"]);
    }

    /// <summary>A check of every file that kbuild selects.</summary>
    /// <param name="configuration">A configuration file.</param>
    public MeasuredRun CheckAll(string configuration)
    {
        Forget(keepTree: false, keepResults: false);
        return Run(["check", "--all", "--config", configuration, "--kernel", kernel, "--format", "json", "--fail-on", "never"]);
    }

    /// <summary>
    /// A check of one file on one thread, and where its time went: with configuration and generated headers of earlier runs, so that what is left of reading Kconfig is not collected in the time
    /// of the rules; without compiled headers, which a profile never uses.
    /// </summary>
    public MeasuredRun Profile(string file)
    {
        Forget(keepTree: true, keepResults: false);
        return Run(["check", file, "--kernel", kernel, "--profile", "-j", "1", "--fail-on", "never"]);
    }

    /// <summary>A review of mail, with configuration and headers of earlier runs, and no results of any.</summary>
    public MeasuredRun Patch(string mail)
    {
        Forget(keepTree: true, keepResults: false);
        return Run(["patch", mail, "--kernel", kernel, "--format", "json", "--fail-on", "never"]);
    }

    private void Forget(bool keepTree, bool keepResults)
    {
        foreach (var folder in (string?[])[keepTree ? null : cache, keepResults ? null : Path.Combine(cache, "results")])
        {
            if (folder is not null && Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private MeasuredRun Run(params string[] arguments) => program.EndsWith(".dll", StringComparison.Ordinal)
        ? MeasuredRun.Of("dotnet", [program, .. arguments], "/", ("MMREVIEW_CACHE", cache))
        : MeasuredRun.Of(program, arguments, "/", ("MMREVIEW_CACHE", cache));
}
