namespace Review.Tests.Editors;

/// <summary>Neovim with the configuration of tools/editors/nvim, from the first diagnostic to its cure.</summary>
[Collection(EditedKernel.Collection)]
public sealed class NeovimTests
{
    private static readonly string Configuration = Path.Combine(AppContext.BaseDirectory, "editors", "nvim");

    [EditorFact("nvim")]
    public void A_bug_is_shown_explained_cured_and_gone()
    {
        using var kernel = new EditedKernel("002-dontneed-prev-not-nulled");
        var said = kernel.Drive(
            "nvim",
            ["--headless", "-u", "NONE", "-i", "NONE", "-n", "--cmd", $"set runtimepath+={Configuration}", "-c", $"luafile {Path.Combine(AppContext.BaseDirectory, "Editors", "nvim.lua")}"],
            "stale-prev");
        Assert.Equal(["diagnostic", "hover", "fix", "gone", "done"], said.Select(static line => line.Split('\t')[0]));
        Assert.Contains("userfaultfd_remove()", said[0], StringComparison.Ordinal);
        Assert.Contains("KMM1001", said[1], StringComparison.Ordinal);
        kernel.AssertUntouched();
    }
}
