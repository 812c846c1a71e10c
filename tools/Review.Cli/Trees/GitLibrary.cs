using LibGit2Sharp;

namespace Review.Cli.Trees;

/// <summary>Opens repositories with LibGit2Sharp, which is prepared for the distribution's libgit2 the first time.</summary>
internal static class GitLibrary
{
    // LibGit2Sharp reads a machine-wide "program data" configuration that libgit2 1.5 cannot locate by itself; an empty one is
    // installed next to the program.
    private static readonly Lazy<bool> Prepared = new(static () =>
    {
        GlobalSettings.SetConfigSearchPaths(ConfigurationLevel.ProgramData, Path.Combine(AppContext.BaseDirectory, "gitconfig"));
        return true;
    });

    /// <summary>Opens the repository at a folder, not of one around it; trouble is a <see cref="UserError"/>.</summary>
    public static Repository Open(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new UserError($"no such directory: {folder}", "name a kernel tree under git or a bare repository with --kernel");
        }

        try
        {
            _ = Prepared.Value;
            return new Repository(Path.GetFullPath(folder));
        }
        catch (RepositoryNotFoundException)
        {
            // The library says "not found" also for a repository whose owner is another user.
            throw IsRepository(folder)
                ? new UserError($"{folder} belongs to another user, or its repository is damaged", $"run: git config --global --add safe.directory {Path.GetFullPath(folder)}")
                : new UserError($"not a git repository: {folder}", "leave --rev out to read the files as they are, or name a git checkout or bare repository with --kernel");
        }
        catch (LibGit2SharpException trouble)
        {
            throw new UserError($"cannot open the repository {folder}: {trouble.Message.TrimEnd('.')}", "check it with 'git fsck'");
        }
        catch (Exception missing) when (missing is DllNotFoundException or TypeInitializationException { InnerException: DllNotFoundException })
        {
            throw new UserError("libgit2 is not installed", "run: apt-get install libgit2-1.5");
        }
    }

    /// <summary>True if a folder is a repository or a work tree, not only below one.</summary>
    public static bool IsRepository(string folder) =>
        Path.Exists(Path.Combine(folder, ".git"))
        || (File.Exists(Path.Combine(folder, "HEAD")) && Directory.Exists(Path.Combine(folder, "objects")));
}
