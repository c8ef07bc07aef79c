using System.Diagnostics;
using System.Globalization;
using AgentFlow.Safety;

namespace AgentFlow.Benchmarks.Redaction;

/// <summary>Passes over a file in a process of their own: <c>redact-pass FILE PASSES REPEAT</c>. Each prints bytes, wall and CPU seconds, megabytes of growth.</summary>
internal static class RedactionPass
{
    public static int Run(string file, int passes, int repeat)
    {
        using Process self = Process.GetCurrentProcess();
        double before = self.WorkingSet64;
        Stopwatch wall = Stopwatch.StartNew();
        TimeSpan cpu = self.TotalProcessorTime;

        // The set-up of a session belongs to the first pass.
        RedactionSession session = new(RedactionRules.Default);
        for (int pass = 0; pass < passes; pass++)
        {
            using Stream input = new RepeatedFile(file, repeat);
            RedactionReport report = session.Redact(input, Stream.Null);
            self.Refresh();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.BytesRead} {wall.Elapsed.TotalSeconds:0.0000} {(self.TotalProcessorTime - cpu).TotalSeconds:0.0000} {(self.PeakWorkingSet64 - before) / 1e6:0.0}"));
            wall.Restart();
            cpu = self.TotalProcessorTime;
        }

        return 0;
    }

    /// <summary>A file again and again, so that no larger one has to be written.</summary>
    private sealed class RepeatedFile(string path, int times) : Stream
    {
        private FileStream _file = File.OpenRead(path);
        private int _left = times;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = _file.Read(buffer, offset, count);
            if (read == 0 && --_left > 0)
            {
                _file.Dispose();
                _file = File.OpenRead(path);
                read = _file.Read(buffer, offset, count);
            }

            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            _file.Dispose();
            base.Dispose(disposing);
        }
    }
}
