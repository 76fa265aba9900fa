"""Pipes the lines of a file through a command with Spark: IN OUT COMMAND."""

import sys

from pyspark.sql import SparkSession

source, target, command = sys.argv[1:]
# Two worker processes of one core and 1 GiB each.
spark = SparkSession.builder.master("local-cluster[2,1,1024]").appName("hegao").getOrCreate()
spark.sparkContext.textFile(source, minPartitions=4).pipe(command, checkCode=True).saveAsTextFile(target)
spark.stop()
