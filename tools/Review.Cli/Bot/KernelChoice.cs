using System.Collections.Concurrent;
using System.Collections.Immutable;
using Review.Bot.Configuration;
using Review.Cli.Patch;
using Review.Patches.Series;

namespace Review.Cli.Bot;

/// <summary>
/// Chooses the repository that a series is for: the first in which its base is certain, else the first to which it applies. Where that is allowed, the system's git fetches first, from the remotes that the
/// operator configured there; what a mail says is never fetched.
/// </summary>
internal static class KernelChoice
{
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(10);
    private static readonly ConcurrentDictionary<string, DateTimeOffset> Fetched = new(StringComparer.Ordinal);
    private static readonly Lock OneAtATime = new();

    /// <summary>The repository, and the base in it.</summary>
    public static (KernelConfig Kernel, FoundBase Base) For(PatchSeries series, ImmutableArray<KernelConfig> kernels, CancellationToken cancellation)
    {
        var best = default((KernelConfig Kernel, FoundBase Base)?);
        foreach (var kernel in kernels)
        {
            if (kernel.Fetch)
            {
                Fetch(kernel.Path, cancellation);
            }

            var found = BaseFinder.Find(kernel.Path, series);
            if (found.Certainty >= BaseCertainty.Blobs)
            {
                return (kernel, found);
            }

            if (best is null || found.Certainty > best.Value.Base.Certainty)
            {
                best = (kernel, found);
            }
        }

        return best!.Value;
    }

    private static void Fetch(string folder, CancellationToken cancellation)
    {
        lock (OneAtATime)
        {
            var now = TimeProvider.System.GetUtcNow();
            if (Fetched.TryGetValue(folder, out var last) && now - last < Rest)
            {
                return;
            }

            Fetched[folder] = now;
            try
            {
                using var git = ExternalProgram.Start(
                    "git", ["-c", "core.hooksPath=/dev/null", "fetch", "--all", "--quiet", "--no-recurse-submodules"], cancellation, folder, new Dictionary<string, string>(StringComparer.Ordinal) { ["GIT_TERMINAL_PROMPT"] = "0", ["LC_ALL"] = "C" });
                git.Finish($"git fetch in {folder} failed", "run it by hand");
            }
            catch (UserError trouble)
            {
                // What is there already may do; if it does not, the series is told not to apply.
                Console.Error.WriteLine($"mmreview: {trouble.Message}");
            }
        }
    }
}
