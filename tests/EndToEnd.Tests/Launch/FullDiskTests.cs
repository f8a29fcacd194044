using System.Diagnostics;

namespace EndToEnd.Tests.Launch;

/// <summary>A results folder on a disk that is really full, or really read-only.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public void A_sweep_on_a_disk_that_fills_up_goes_on_when_there_is_room_again()
    {
        using var sweep = new FakeSweep();
        using var disk = new SmallDisk(sweep.Results);
        var run = sweep.Start("--workers", "1");
        string filler;
        using (sweep.Hold(1))
            filler = disk.Fill();

        run.EndsWith(1);
        Assert.Contains("the disk is full", run.Text, StringComparison.Ordinal);
        File.Delete(filler);
        sweep.Start("--workers", "1").EndsWith(0);
        sweep.AssertAsUndisturbed();
    }

    [Fact]
    public void A_sweep_whose_disk_becomes_read_only_goes_on_when_it_can_be_written_again()
    {
        using var sweep = new FakeSweep();
        using var disk = new SmallDisk(sweep.Results);
        var run = sweep.Start("--workers", "1");
        using (sweep.Hold(1))
            run.Interrupt();
        run.EndsWith(130);
        disk.Remount("ro");
        var refused = sweep.Start("--workers", "1");

        refused.EndsWith(1);
        Assert.Contains("write", refused.Text, StringComparison.Ordinal);
        disk.Remount("rw");
        sweep.Start("--workers", "1").EndsWith(0);
        sweep.AssertAsUndisturbed();
    }

    /// <summary>A file system of its own at a folder.</summary>
    private sealed class SmallDisk : IDisposable
    {
        private readonly string _folder;

        public SmallDisk(string folder)
        {
            _folder = folder;
            Directory.CreateDirectory(folder);
            Assert.SkipUnless(
                System.Environment.UserName == "root" && Run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", folder),
                "a file system can be mounted only by root");
        }

        public string Fill()
        {
            var path = Path.Combine(_folder, "filler");
            var block = new byte[4096];
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 0);
            try
            {
                while (true)
                    file.Write(block);
            }
            catch (IOException)
            {
                return path;
            }
        }

        public void Remount(string mode) =>
            ProcessSweep.Until(() => Run("mount", "-o", $"remount,{mode}", _folder), $"the disk as {mode}");

        public void Dispose() => ProcessSweep.Until(() => Run("umount", _folder), "the disk's release");

        private static bool Run(string program, params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
    }
}
